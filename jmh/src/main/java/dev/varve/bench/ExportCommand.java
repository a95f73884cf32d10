package dev.varve.bench;

import dev.varve.bench.results.FlatCsv;
import dev.varve.bench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints a result for other programs, and nothing beside it. */
@Command(name = "export", description = "A result for other tools: JMH's JSON, or one flat CSV.")
final class ExportCommand implements Callable<Integer> {
  /** What there is to choose from. */
  enum Format {
    JMH,
    CSV
  }

  @ParentCommand private @Nullable Commands bench;

  @Parameters(paramLabel = "RESULT", description = "the folder of a run")
  private Path result = Path.of("");

  @Option(
      names = "--format",
      required = true,
      description =
          "jmh: every iteration, as JMH writes it; csv: a line for each row with its costs")
  private Format format = Format.CSV;

  @Option(names = "--out", paramLabel = "FILE", description = "standard output if not given")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    RunFolder run = RunFolder.open(result);
    String text = format == Format.JMH ? run.raw() : FlatCsv.of(run);
    if (file != null) {
      Files.writeString(file, text);
    } else if (bench != null) {
      bench.out().print(text);
    }
    return Bench.DONE;
  }
}
