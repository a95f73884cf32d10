package dev.varve.bench.report;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * The folder of one run, {@code results/local/<utc>_<mode>/}. Files are replaced as a whole, so an
 * interrupted run keeps what it had; {@code latest} points to it only when it is complete.
 */
public final class RunFolder {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /** Creates the folder of a run that begins now. */
  public static RunFolder create(Path root, String mode, Instant now) throws IOException {
    Path local = root.resolve("results").resolve("local");
    return new RunFolder(Files.createDirectories(local.resolve(STAMP.format(now) + "_" + mode)));
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** Writes a file of text. */
  public void write(String name, String text) throws IOException {
    Path temporary = folder.resolve("." + name + ".tmp");
    Files.writeString(temporary, text);
    Files.move(temporary, folder.resolve(name), ATOMIC_MOVE);
  }

  /** Writes the results so far: JMH's own JSON, and the summary. */
  public void writeResults(Collection<RunResult> results, List<Row> rows) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(json, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    write("jmh.json", json.toString(StandardCharsets.UTF_8));
    write("summary.csv", SummaryCsv.of(rows));
  }

  /** Declares the run complete: {@code latest} points to it from now on. */
  public void complete() throws IOException {
    Path local = folder.resolveSibling("latest");
    Path link = folder.resolveSibling(".latest.tmp");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, folder.getFileName());
    Files.move(link, local, ATOMIC_MOVE);
  }
}
