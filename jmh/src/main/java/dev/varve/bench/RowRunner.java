package dev.varve.bench;

import dev.varve.bench.RunMode.Pace;
import dev.varve.bench.questions.Footprint;
import dev.varve.bench.questions.LogQuestion;
import dev.varve.bench.questions.Scratch;
import dev.varve.bench.results.Operations;
import dev.varve.bench.turns.TurnProfiler;
import dev.varve.bench.turns.Turns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Lets JMH measure entries of a plan, each in a fork of its own. */
final class RowRunner {
  private static final long TURNS_SEED = 20260102;

  static {
    // JMH's lock is for one runner at a time; JmhLock holds it for a whole run, which has several.
    System.setProperty("jmh.ignoreLock", "true");
  }

  private final Settings settings;
  private final CommandLineOptions given;
  private final Random order = new Random(TURNS_SEED);

  RowRunner(Settings settings) throws CommandLineOptionException {
    this.settings = settings;
    this.given = new CommandLineOptions(settings.jmhArguments().toArray(String[]::new));
  }

  /**
   * What a fork gave.
   *
   * @param results what JMH measured
   * @param disk what its log took on disk
   * @param output what JMH printed
   */
  record Measured(Collection<RunResult> results, Footprint disk, String output) {}

  /** A fork that failed, or a benchmark that threw in it. */
  static final class ForkFailed extends RunnerException {
    private static final long serialVersionUID = 1;
    private final String output;

    private ForkFailed(String output, RunnerException cause) {
      super(cause.getMessage(), cause);
      this.output = output;
    }

    /** What JMH printed about it. */
    String output() {
      return output;
    }
  }

  /** The flags of every fork. */
  List<String> forkFlags() {
    List<String> flags = new ArrayList<>(LogQuestion.forkFlags());
    flags.add("-D%s=%s".formatted(Scratch.PROPERTY, settings.scratchForForks()));
    flags.addAll(given.getJvmArgs().orElse(List.of()));
    return flags;
  }

  /** Whether forks take turns: not where JMH was asked for several each, or none. */
  boolean takesTurns() {
    return settings.mode().takesTurns() && given.getForkCount().orElse(1) == 1;
  }

  /** Measures entries of one case, several only where forks take turns; in their order. */
  List<Measured> run(List<Plan.Entry> entries)
      throws IOException, InterruptedException, ForkFailed {
    if (!takesTurns()) {
      return List.of(run(entries.getFirst(), settings.footprint(), Optional.empty()));
    }
    Plan.Entry first = entries.getFirst();
    Optional<String> pinned = Optional.of(benchmark(first)).filter(_ -> first.measured().pinned());
    try (ExecutorService runners = Executors.newFixedThreadPool(entries.size());
        Turns turns = new Turns(pinned, entries.size(), order)) {
      CompletionService<Measured> over = new ExecutorCompletionService<>(runners);
      List<Future<Measured>> forks = new ArrayList<>();
      for (Plan.Entry entry : entries) {
        Path footprint = Path.of(settings.footprint() + "-" + forks.size());
        forks.add(over.submit(() -> run(entry, footprint, Optional.of(turns))));
      }
      turns.conduct(
          () -> forks.stream().anyMatch(Future::isDone),
          () -> Footprint.writeBack(settings.scratch()));
      // In the order in which they ended: the first that failed has made the others give up.
      for (int i = 0; i < forks.size(); i++) {
        over.take().get();
      }
      return forks.stream().map(Future::resultNow).toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ForkFailed failed) {
        throw failed;
      }
      throw new IOException(e.getCause());
    }
  }

  private Measured run(Plan.Entry entry, Path footprint, Optional<Turns> turns)
      throws IOException, ForkFailed {
    // What a fork left that did not come to its end.
    Files.deleteIfExists(footprint);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      Options options = options(entry, footprint, turns);
      Collection<RunResult> results =
          new Runner(options, OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
              .run();
      return new Measured(
          results, Footprint.take(footprint), bytes.toString(StandardCharsets.UTF_8));
    } catch (RunnerException e) {
      throw new ForkFailed(bytes.toString(StandardCharsets.UTF_8), e);
    }
  }

  private Options options(Plan.Entry entry, Path footprint, Optional<Turns> turns) {
    List<String> flags = new ArrayList<>(forkFlags());
    flags.add("-D%s=%s".formatted(Footprint.PROPERTY, footprint));
    flags.add(
        "-D%s=%s".formatted(Footprint.AMONG_OTHERS, turns.filter(Turns::several).isPresent()));
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(given)
            .include("^" + Pattern.quote(benchmark(entry)) + "$")
            .shouldFailOnError(true)
            .jvmArgs(flags.toArray(String[]::new))
            .param("system", entry.system());
    // Before the others, so that what they count is not the waiting.
    turns.ifPresent(each -> options.addProfiler(TurnProfiler.class, each.line()));
    options.addProfiler(GCProfiler.class).addProfiler(Operations.class);
    entry.measured().params().forEach(options::param);
    pace(options, settings.mode().pace(entry.measured().shape()));
    return options.build();
  }

  private static String benchmark(Plan.Entry entry) {
    return entry.question().benchmark().getCanonicalName() + "." + entry.measured().method();
  }

  /** What was given on the command line goes before the mode's own pace. */
  private void pace(ChainedOptionsBuilder options, Pace pace) {
    options
        .forks(given.getForkCount().orElse(1))
        .warmupIterations(given.getWarmupIterations().orElse(pace.warmups()))
        .measurementIterations(given.getMeasurementIterations().orElse(pace.iterations()));
    if (pace.iterationMillis() > 0) {
      options
          .warmupTime(given.getWarmupTime().orElse(TimeValue.milliseconds(pace.warmupMillis())))
          .measurementTime(
              given.getMeasurementTime().orElse(TimeValue.milliseconds(pace.iterationMillis())));
    }
  }
}
