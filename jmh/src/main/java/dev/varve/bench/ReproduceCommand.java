package dev.varve.bench;

import dev.varve.bench.compare.BuiltRevision;
import dev.varve.bench.compare.CannotBeDone;
import dev.varve.bench.compare.Checkouts;
import dev.varve.bench.compare.Claim;
import dev.varve.bench.compare.Reproduction;
import dev.varve.bench.questions.Scratch;
import dev.varve.bench.report.ClaimText;
import dev.varve.bench.results.Environment;
import dev.varve.bench.results.RunFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs a result again as it was asked for, at its revision, and says what still holds. */
@Command(
    name = "reproduce",
    description = "Checks out the revision of a result, runs it again, and says what still holds.")
final class ReproduceCommand implements Callable<Integer> {
  private static final String KEPT = "reproduce";

  @ParentCommand private @Nullable Commands bench;

  @Parameters(paramLabel = "RESULT", description = "the folder of a run")
  private Path result = Path.of("");

  @Option(
      names = {"-q", "--questions"},
      paramLabel = "REGEX",
      defaultValue = "",
      description = "as it was asked for then if not given")
  private String questions = "";

  @Option(
      names = {"-r", "--rounds"},
      paramLabel = "N",
      defaultValue = "",
      description = "as many as then if not given")
  private String rounds = "";

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = "",
      description = "for the files of benchmarks; as then if not given")
  private String dir = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = bench == null ? System.out : bench.out();
    RunFolder then = RunFolder.open(result);
    if (then.environment().dirty()) {
      out.println(
          "The result was measured with changes that no revision has: what runs now is not what ran"
              + " then.");
    }
    Reproduction reproduction = new Reproduction(then, again(then, out));
    out.println();
    warn(reproduction, out);
    List<Claim> claims = reproduction.claims();
    out.print(ClaimText.of(claims));
    boolean all =
        claims.stream().noneMatch(claim -> claim.outcome() == Claim.Outcome.DOES_NOT_HOLD);
    return all ? Bench.DONE : Bench.FAILED;
  }

  private RunFolder again(RunFolder then, PrintStream out)
      throws IOException, InterruptedException {
    Environment environment = then.environment();
    Path root = Scratch.root();
    try (Checkouts checkouts = new Checkouts(root, Checkouts::uberjar)) {
      String commit =
          checkouts
              .commit(environment.commit())
              .orElseThrow(
                  () ->
                      new CannotBeDone(
                          "Revision %s, which was measured, is not in this repository."
                              .formatted(environment.commit())));
      out.println("Building " + commit + " ...");
      BuiltRevision revision = checkouts.add(commit);
      checkouts.beforeRemoval(() -> keepUnfinished(revision, root, out));
      RunFolder measured = revision.measureAloud(asked(environment, root, revision.folder()));
      checkouts.beforeRemoval(() -> {});
      RunFolder kept = measured.copyTo(root, KEPT);
      out.println("Kept as " + kept.path());
      return kept;
    }
  }

  /** After Ctrl-C, or when a benchmark failed. */
  private static void keepUnfinished(BuiltRevision revision, Path root, PrintStream out)
      throws IOException {
    Optional<RunFolder> unfinished = revision.newest();
    if (unfinished.isPresent()) {
      out.println("Unfinished, and kept as " + unfinished.get().copyTo(root, KEPT).path());
    }
  }

  /**
   * What the harness in a folder is asked for. Unless it is told otherwise it would take a folder
   * of its own for scratch files, which may be on another device.
   */
  private Map<String, String> asked(Environment environment, Path root, Path folder) {
    Map<String, String> asked = Reproduction.asked(environment);
    Map.of("bench", questions, "bench.rounds", rounds, "bench.dir", Commands.fromHere(dir))
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                asked.put(name, value);
              }
            });
    Path scratch = Path.of(asked.getOrDefault("bench.dir", "target/bench"));
    // Relative, so that nothing of this machine's paths gets into the result.
    Path seen = scratch.isAbsolute() ? scratch : folder.relativize(root.resolve(scratch));
    asked.put("bench.dir", seen.toString());
    asked.putIfAbsent("bench.mode", RunMode.QUICK.label());
    return asked;
  }

  private static void warn(Reproduction reproduction, PrintStream out) {
    List<String> other = reproduction.otherMachine();
    if (!other.isEmpty()) {
      out.println("This machine is of another class: the figures are not expected to hold.");
      other.forEach(line -> out.println("  " + line));
    }
  }
}
