package dev.varve.bench;

import dev.varve.bench.RunMode.Pace;
import dev.varve.bench.questions.Footprint;
import dev.varve.bench.questions.LogQuestion;
import dev.varve.bench.questions.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

/** Lets JMH measure one entry of a plan in a fork. */
final class RowRunner {
  private final Settings settings;
  private final CommandLineOptions given;
  private String output = "";

  RowRunner(Settings settings) throws CommandLineOptionException {
    this.settings = settings;
    this.given = new CommandLineOptions(settings.jmhArguments().toArray(String[]::new));
  }

  /** The flags of every fork. */
  List<String> forkFlags() {
    List<String> flags = new ArrayList<>(LogQuestion.forkFlags());
    flags.add("-D%s=%s".formatted(Scratch.PROPERTY, settings.scratchForForks()));
    flags.add("-D%s=%s".formatted(Footprint.PROPERTY, settings.footprint()));
    flags.addAll(given.getJvmArgs().orElse(List.of()));
    return flags;
  }

  /** Measures; throws if the benchmark threw. */
  Collection<RunResult> run(Plan.Entry entry) throws RunnerException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      Options options = options(entry);
      return new Runner(options, OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
          .run();
    } finally {
      output = bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /** What JMH printed about the last entry. */
  String output() {
    return output;
  }

  private Options options(Plan.Entry entry) {
    String benchmark =
        entry.question().benchmark().getCanonicalName() + "." + entry.measured().method();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(given)
            .include("^" + Pattern.quote(benchmark) + "$")
            .shouldFailOnError(true)
            .addProfiler(GCProfiler.class)
            .jvmArgs(forkFlags().toArray(String[]::new))
            .param("system", entry.system());
    entry.measured().params().forEach(options::param);
    pace(options, settings.mode().pace(entry.measured().shape()));
    return options.build();
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
