package dev.varve.bench;

import dev.varve.bench.report.Medium;
import dev.varve.bench.report.Row;
import dev.varve.bench.report.Rows;
import dev.varve.bench.report.RunFolder;
import dev.varve.bench.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures a plan round by round, a fork for each entry. From the second round on the order is
 * shuffled, so that what drifts does not always meet the same system. Results are written after
 * every fork.
 */
final class MeasuredRun {
  private static final long ORDER_SEED = 20260101;

  private final Settings settings;
  private final PrintStream out;
  private final RowRunner runner;
  private final Map<Plan.Entry, List<RunResult>> results = new LinkedHashMap<>();
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
    int rounds = settings.rounds();
    Progress progress = new Progress(out, rounds * plan.entries().size());
    Random order = new Random(ORDER_SEED);
    for (int round = 0; round < rounds; round++) {
      for (Plan.Entry entry : order(plan, round, order)) {
        measure(entry, progress, folder);
      }
    }
    String table = Table.of(rows(), medium.type());
    folder.write("table.txt", table);
    folder.complete();
    out.println();
    out.print(table);
    out.println("Results: " + folder.path());
    return Bench.DONE;
  }

  private static List<Plan.Entry> order(Plan plan, int round, Random order) {
    List<Plan.Entry> entries = new ArrayList<>(plan.entries());
    if (round > 0) {
      Collections.shuffle(entries, order);
    }
    return entries;
  }

  private void measure(Plan.Entry entry, Progress progress, RunFolder folder)
      throws IOException, RunnerException {
    progress.begin(entry.label());
    try {
      Collection<RunResult> measured = runner.run(entry);
      results.computeIfAbsent(entry, _ -> new ArrayList<>()).addAll(measured);
    } catch (RunnerException e) {
      progress.end("FAILED");
      out.println(runner.output());
      throw e;
    } finally {
      log.append(runner.output());
      folder.write("jmh.log", log.toString());
    }
    Row row = rowsOf(entry).getFirst();
    progress.end("%.2f %s".formatted(row.score().value(), row.score().unit()));
    folder.writeResults(results.values().stream().flatMap(List::stream).toList(), rows());
  }

  private List<Row> rows() {
    return results.keySet().stream().flatMap(entry -> rowsOf(entry).stream()).toList();
  }

  private List<Row> rowsOf(Plan.Entry entry) {
    List<RunResult> measured = results.getOrDefault(entry, List.of());
    return measured.isEmpty()
        ? List.of()
        : Rows.of(entry.question(), entry.measured(), entry.contestant(), measured);
  }
}
