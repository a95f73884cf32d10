package dev.varve.bench;

import dev.varve.bench.doctor.Doctor;
import dev.varve.bench.questions.Case;
import dev.varve.bench.questions.Question;
import dev.varve.bench.questions.Scratch;
import dev.varve.bench.results.Environment;
import dev.varve.bench.results.Medium;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.Family;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;

/**
 * The comparison that {@code mvn -Pbench verify} runs: checks that there is room and a device,
 * measures row by row, and leaves a table and a folder of results. Every error ends it with an exit
 * code that fails the build.
 */
final class Bench {
  /** Everything was measured and every answer was right. */
  static final int DONE = 0;

  /** A benchmark failed. */
  static final int FAILED = 1;

  /** What was asked for cannot be done. */
  static final int REFUSED = 2;

  private static final double GIB = 1 << 30;

  private final Settings settings;
  private final PrintStream out;

  Bench(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /** Runs what the settings select from these questions and returns the exit code. */
  int run(List<Question> questions) throws IOException, InterruptedException {
    Set<String> unknown = unknownSystems(questions);
    if (!unknown.isEmpty()) {
      out.printf("Nothing matches system %s. The questions and who answers them:%n", unknown);
      list(questions, out);
      return REFUSED;
    }
    Plan plan = Plan.of(questions, settings);
    if (plan.entries().isEmpty()) {
      out.printf(
          "Nothing matches \"%s\" with systems %s. The questions are:%n",
          settings.pattern(), settings.systems().isEmpty() ? "all" : settings.systems());
      list(questions, out);
      return REFUSED;
    }
    Path scratch = Files.createDirectories(settings.scratch());
    Scratch.removeStale(scratch);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(scratch)));
    Medium medium = Medium.of(scratch);
    if (!hasRoom(plan, scratch, medium) || !hasDevice(plan, scratch)) {
      return REFUSED;
    }
    return settings.mode() == RunMode.SMOKE
        ? new SmokeRun(settings, out).run(plan) ? DONE : FAILED
        : measure(plan, medium);
  }

  /** Names that were asked for and nobody has. */
  private Set<String> unknownSystems(List<Question> questions) {
    Set<String> unknown = new TreeSet<>(settings.systems());
    questions.stream()
        .flatMap(question -> question.cases().stream())
        .flatMap(measured -> measured.contestants().stream())
        .forEach(contestant -> unknown.remove(contestant.name()));
    return unknown;
  }

  /** What went wrong with a file, for people. */
  static String explain(IOException e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof FileSystemException
        ? e.getClass().getSimpleName() + ": " + message
        : message;
  }

  /** Says what about this machine makes figures untrustworthy; measuring it is still allowed. */
  static void doubt(Path scratch, PrintStream out) throws IOException {
    Doctor.ofThisMachine(scratch).examine().stream()
        .filter(finding -> !finding.good())
        .forEach(out::println);
  }

  private int measure(Plan plan, Medium medium) throws IOException, InterruptedException {
    Optional<JmhLock> lock = JmhLock.take();
    if (lock.isEmpty()) {
      out.printf(
          "Another JMH run is under way on this machine (it holds %s). Two at once would spoil"
              + " each other's figures: wait for it to end.%n",
          JmhLock.file());
      return REFUSED;
    }
    try (JmhLock _ = lock.get()) {
      return measureAlone(plan, medium);
    }
  }

  private int measureAlone(Plan plan, Medium medium) throws IOException, InterruptedException {
    if (settings.mode() == RunMode.VERDICT) {
      announce(plan);
    }
    doubt(settings.scratch(), out);
    try {
      RowRunner runner = new RowRunner(settings);
      Environment now =
          Environment.now(
              settings.root(), medium, runner.forkFlags(), settings.command(), settings.asked());
      RunFolder folder =
          settings.resume().isPresent()
              ? RunFolder.open(settings.resume().get())
              : RunFolder.create(settings.root(), settings.mode().label(), Instant.now(), now);
      List<String> differences = folder.environment().differences(now);
      if (!differences.isEmpty()) {
        out.printf("%s cannot go on, it is not the same any more:%n", folder.path());
        differences.forEach(difference -> out.println("  " + difference));
        return REFUSED;
      }
      return new MeasuredRun(settings, out, runner, folder).run(plan);
    } catch (CommandLineOptionException e) {
      out.println("-Djmh.args: " + e.getMessage());
      return REFUSED;
    } catch (RunnerException e) {
      out.println(e.getMessage());
      return FAILED;
    }
  }

  /** Says before an hour of measuring whether it can come to verdicts. */
  private void announce(Plan plan) {
    int rounds = settings.rounds();
    int comparisons = plan.comparisons();
    out.printf(
        "%d rows in %d rounds of %d forks, %d comparisons.%n",
        plan.entries().size(), rounds, plan.forks(), comparisons);
    if (comparisons == 0) {
      out.println("There will be no verdicts: nothing of ours stands beside something else.");
      return;
    }
    Family.refusal(rounds, comparisons)
        .ifPresent(reason -> out.println("There will be no verdicts: " + reason + "."));
  }

  /** Forks of an interrupted run would go on writing. */
  private static void cleanUp(Path scratch) {
    ProcessHandle.current()
        .descendants()
        .forEach(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
    Scratch.removeStale(scratch);
  }

  private boolean hasRoom(Plan plan, Path scratch, Medium medium) throws IOException {
    long needed =
        settings.mode() == RunMode.SMOKE
            ? 1L << 30
            : plan.scratchBytes(settings.mode().takesTurns());
    long free = Files.getFileStore(scratch).getUsableSpace();
    out.printf(
        "Scratch space: up to %.1f GiB in %s (%s, %.1f GiB free), removed at the end.%n",
        needed / GIB, scratch, medium.type(), free / GIB);
    if (free < needed) {
      out.println(
          "That is not enough: choose another folder with -Dbench.dir, or fewer questions.");
    }
    return free >= needed;
  }

  private boolean hasDevice(Plan plan, Path scratch) {
    List<String> durable = plan.durableQuestions();
    if (!durable.isEmpty()) {
      try {
        Scratch.requireDevice(scratch);
      } catch (IOException e) {
        out.println("Refused " + String.join(", ", durable) + ": " + e.getMessage());
        return false;
      }
    }
    return true;
  }

  /** Prints the questions, what is measured for each, and by whom. */
  static void list(List<Question> questions, PrintStream out) {
    for (Question question : questions) {
      out.printf("  %-18s %s%n", question.name(), question.asks());
      for (Case measured : question.cases()) {
        out.printf(
            "  %-18s   %s: %s%n",
            "",
            measured.label(),
            String.join(" ", measured.contestants().stream().map(who -> who.name()).toList()));
      }
    }
  }
}
