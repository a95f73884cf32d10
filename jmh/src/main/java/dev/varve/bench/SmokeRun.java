package dev.varve.bench;

import dev.varve.bench.questions.Case;
import dev.varve.bench.questions.LogQuestion;
import dev.varve.bench.questions.Question;
import dev.varve.bench.questions.Scale;
import dev.varve.bench.questions.Scratch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs every entry of a plan once with hardly any data: one process for each case, all its
 * contestants in it one after the other. It says whether the benchmarks work, not how fast.
 */
final class SmokeRun {
  private static final int RECORDS = 20_000;

  private final Settings settings;
  private final PrintStream out;

  SmokeRun(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /** Runs all; true when none failed. */
  boolean run(Plan plan) throws IOException, InterruptedException {
    Map<Case, List<Plan.Entry>> cases = new LinkedHashMap<>();
    for (Plan.Entry entry : plan.entries()) {
      cases.computeIfAbsent(entry.measured(), _ -> new ArrayList<>()).add(entry);
    }
    Progress progress = new Progress(out, cases.size());
    boolean passed = true;
    for (List<Plan.Entry> entries : cases.values()) {
      Plan.Entry first = entries.getFirst();
      progress.begin("%s %s".formatted(first.question().name(), first.measured().label()));
      passed &= run(entries, progress);
    }
    return passed;
  }

  private boolean run(List<Plan.Entry> entries, Progress progress)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command(entries)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    String systems =
        String.join(" ", entries.stream().map(entry -> entry.contestant().name()).toList());
    progress.end(exit == 0 ? systems : "FAILED (" + systems + ")");
    if (exit != 0) {
      out.println(output);
    }
    return exit == 0;
  }

  private List<String> command(List<Plan.Entry> entries) {
    Question question = entries.getFirst().question();
    Case measured = entries.getFirst().measured();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LogQuestion.forkFlags());
    command.add("-D%s=%s".formatted(Scratch.PROPERTY, settings.scratchForForks()));
    command.add("-D%s=%d".formatted(Scale.PROPERTY, RECORDS));
    // The figures are thrown away: nobody is disturbed, and nobody disturbs.
    command.add("-Djmh.ignoreLock=true");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(org.openjdk.jmh.Main.class.getName());
    command.addAll(List.of("-foe", "true", "-f", "0", "-wi", "0", "-i", "1", "-r", "10ms"));
    measured.params().forEach((name, value) -> command.addAll(List.of("-p", name + "=" + value)));
    List<String> systems = entries.stream().map(entry -> entry.contestant().name()).toList();
    command.addAll(List.of("-p", "system=" + String.join(",", systems)));
    command.addAll(settings.jmhArguments());
    command.add(
        "^"
            + Pattern.quote(question.benchmark().getCanonicalName() + "." + measured.method())
            + "$");
    return command;
  }
}
