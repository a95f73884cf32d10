package dev.varve.bench;

import dev.varve.bench.report.Medium;
import dev.varve.bench.report.Row;
import dev.varve.bench.report.Rows;
import dev.varve.bench.report.RunFolder;
import dev.varve.bench.report.Table;
import dev.varve.bench.verdict.Family;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.Rounds;
import dev.varve.bench.verdict.VerdictText;
import dev.varve.bench.verdict.VerdictsCsv;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures a plan round by round, a fork for each entry. The order of a round is random, but for
 * the first of a run that gives no verdicts, so that what drifts does not always meet the same
 * system. Results are written after every fork.
 */
final class MeasuredRun {
  private static final long ORDER_SEED = 20260101;

  private final Settings settings;
  private final PrintStream out;
  private final RowRunner runner;
  private final Map<Plan.Entry, List<Fork>> results = new LinkedHashMap<>();
  private final StringBuilder log = new StringBuilder();

  MeasuredRun(Settings settings, PrintStream out, RowRunner runner) {
    this.settings = settings;
    this.out = out;
    this.runner = runner;
  }

  /** Runs everything, prints the table, and returns the exit code. */
  int run(Plan plan, Medium medium, String environment) throws IOException, RunnerException {
    RunFolder folder = RunFolder.create(settings.root(), settings.mode().label(), Instant.now());
    folder.write("environment.json", environment);
    out.println("Results: " + folder.path());
    plan.entries().forEach(entry -> results.put(entry, new ArrayList<>()));
    Progress progress = new Progress(out, settings.rounds() * plan.entries().size());
    Random order = new Random(ORDER_SEED);
    for (int round = 1; round <= settings.rounds(); round++) {
      boolean asListed = round == 1 && settings.mode() != RunMode.VERDICT;
      int place = 0;
      for (Plan.Entry entry : asListed ? plan.entries() : plan.shuffled(order)) {
        measure(entry, round, ++place, progress, folder);
      }
    }
    report(medium.type(), folder);
    return Bench.DONE;
  }

  private void report(String medium, RunFolder folder) throws IOException {
    String report = Table.of(rows(), medium);
    if (settings.rounds() > 1 || settings.mode() == RunMode.VERDICT) {
      List<Judged> judged = new Family(rounds().pairs()).judged();
      folder.write("verdicts.csv", VerdictsCsv.of(judged));
      report += "\n" + VerdictText.of(judged, medium);
    }
    folder.write("table.txt", report);
    folder.complete();
    out.println();
    out.print(report);
    out.println("Results: " + folder.path());
  }

  private void measure(Plan.Entry entry, int round, int place, Progress progress, RunFolder folder)
      throws IOException, RunnerException {
    progress.begin(entry.label());
    Fork fork;
    try {
      fork = new Fork(round, place, List.copyOf(runner.run(entry)));
    } catch (RunnerException e) {
      progress.end("FAILED");
      out.println(runner.output());
      throw e;
    } finally {
      log.append(runner.output());
      folder.write("jmh.log", log.toString());
    }
    results.computeIfAbsent(entry, _ -> new ArrayList<>()).add(fork);
    Row row = rowsOf(entry, fork.results()).getFirst();
    progress.end("%.2f %s".formatted(row.score().value(), row.score().unit()));
    folder.writeResults(
        results.values().stream().flatMap(forks -> results(forks).stream()).toList(), rows());
    folder.write("rounds.csv", rounds().csv());
  }

  /** What was measured so far, fork by fork. */
  private Rounds rounds() {
    Rounds rounds = new Rounds();
    results.forEach(
        (entry, forks) ->
            forks.forEach(
                fork ->
                    rowsOf(entry, fork.results())
                        .forEach(row -> rounds.add(fork.round(), fork.place(), row))));
    return rounds;
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    results.forEach(
        (entry, forks) -> {
          if (!forks.isEmpty()) {
            rows.addAll(rowsOf(entry, results(forks)));
          }
        });
    return rows;
  }

  private static List<RunResult> results(List<Fork> forks) {
    return forks.stream().flatMap(fork -> fork.results().stream()).toList();
  }

  private static List<Row> rowsOf(Plan.Entry entry, List<RunResult> results) {
    return Rows.of(entry.question(), entry.measured(), entry.contestant(), results);
  }

  /**
   * One measurement of an entry.
   *
   * @param round from 1 on
   * @param place which fork of the round it was, from 1 on
   * @param results what JMH returned
   */
  private record Fork(int round, int place, List<RunResult> results) {}
}
