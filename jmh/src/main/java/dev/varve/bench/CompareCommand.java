package dev.varve.bench;

import dev.varve.bench.compare.TwoFolders;
import dev.varve.bench.report.ChangeText;
import dev.varve.bench.results.Environment;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.Change;
import dev.varve.bench.verdict.Changes;
import dev.varve.bench.verdict.RunPair;
import dev.varve.bench.verdict.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says whether ours became slower from one result to another. */
@Command(
    name = "compare",
    description = "Two results: whether ours became faster or slower beside its reference.")
final class CompareCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Commands bench;

  @Parameters(index = "0", paramLabel = "A", description = "the folder of a run")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "the folder of a later run")
  private String second = "";

  @Option(
      names = "--force",
      description = "although the machines, media or durability are not the same")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    return folders(bench == null ? System.out : bench.out());
  }

  private int folders(PrintStream out) throws IOException {
    RunFolder before = RunFolder.open(Path.of(first));
    RunFolder after = RunFolder.open(Path.of(second));
    TwoFolders both = new TwoFolders(before, after);
    List<String> doubts = both.doubts();
    if (!doubts.isEmpty()) {
      out.println(
          force
              ? "FORCED: figures of unlike runs, and nothing that follows can be relied on."
              : "These two are not compared (unless with --force), they are unlike:");
      doubts.forEach(doubt -> out.println("  " + doubt));
      if (!force) {
        return Bench.REFUSED;
      }
    }
    List<RunPair> pairs = both.pairs();
    if (pairs.isEmpty()) {
      out.println("Both have no case with ours and the same limit or peer beside it.");
      return Bench.REFUSED;
    }
    List<Change> changes = new Changes(pairs).judged();
    out.println("A: " + label(before));
    out.println("B: " + label(after));
    out.print(ChangeText.of(changes));
    boolean slower = changes.stream().anyMatch(change -> change.verdict() == Verdict.SLOWER);
    return slower ? Bench.FAILED : Bench.DONE;
  }

  private static String label(RunFolder run) {
    Environment environment = run.environment();
    return "%s, revision %s%s"
        .formatted(
            run.path(),
            environment.commit(),
            environment.dirty() ? " with changes that no revision has" : "");
  }
}
