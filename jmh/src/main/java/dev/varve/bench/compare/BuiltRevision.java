package dev.varve.bench.compare;

import static java.util.Comparator.naturalOrder;

import dev.varve.bench.results.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A revision with its own uberjar, whose harness measures itself: another revision may have other
 * questions, another JMH, other flags.
 *
 * @param folder where it is checked out
 * @param commit which one it is
 */
public record BuiltRevision(Path folder, String commit) {
  /** What every harness says where a pattern selects nothing. */
  private static final String NOTHING = "Nothing matches";

  private static final int REFUSED = 2;

  /** The beginning of the commit's id. */
  public String shortName() {
    return Checkouts.shortName(commit);
  }

  /**
   * Runs its harness without a word. Empty if it has nothing to measure for that; throws with what
   * it said if it fails.
   *
   * @param asked properties by the names that Maven's command line has for them
   */
  public Optional<RunFolder> measure(Map<String, String> asked)
      throws IOException, InterruptedException {
    Process process = command(asked).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit == REFUSED && output.contains(NOTHING)) {
      return Optional.empty();
    }
    if (exit != 0) {
      throw failure(exit, "failed:\n" + output);
    }
    return Optional.of(latest());
  }

  /** Runs its harness with all it says going to the console. Throws if it fails. */
  public RunFolder measureAloud(Map<String, String> asked)
      throws IOException, InterruptedException {
    int exit = command(asked).inheritIO().start().waitFor();
    if (exit != 0) {
      throw failure(exit, "did not come to an end.");
    }
    return latest();
  }

  /** A harness that refuses cannot do what is asked for; in any other one a benchmark failed. */
  private IOException failure(int exit, String what) {
    String said = "Revision %s %s".formatted(shortName(), what);
    return exit == REFUSED ? new CannotBeDone(said) : new MeasuringFailed(said);
  }

  /** The newest result that it left, whole or not; empty if there is none. */
  public Optional<RunFolder> newest() throws IOException {
    Path local = folder.resolve("results").resolve("local");
    if (!Files.isDirectory(local)) {
      return Optional.empty();
    }
    try (Stream<Path> runs = Files.list(local)) {
      Optional<Path> newest = runs.filter(run -> !Files.isSymbolicLink(run)).max(naturalOrder());
      return newest.isPresent() ? Optional.of(RunFolder.open(newest.get())) : Optional.empty();
    }
  }

  private RunFolder latest() throws IOException {
    Path latest = folder.resolve("results").resolve("local").resolve("latest");
    if (!Files.exists(latest)) {
      throw new CannotBeDone("Revision %s left no result.".formatted(shortName()));
    }
    return RunFolder.open(latest.toRealPath());
  }

  private ProcessBuilder command(Map<String, String> asked) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.add("@jmh/jvm.flags");
    asked.forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
    command.addAll(List.of("-cp", "jmh/target/benchmarks.jar", "dev.varve.bench.Main"));
    return new ProcessBuilder(command).directory(folder.toFile());
  }
}
