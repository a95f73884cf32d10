package dev.varve.bench;

import dev.varve.bench.report.Report;
import dev.varve.bench.report.Table;
import dev.varve.bench.report.VerdictText;
import dev.varve.bench.results.Costs;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.Rows;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.results.Score;
import dev.varve.bench.verdict.Family;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.Rounds;
import dev.varve.bench.verdict.VerdictsCsv;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures a plan round by round, a fork or more for each entry. The order of a round is random,
 * but for the first of a run that gives no verdicts, so that what drifts does not always meet the
 * same system. Results are written after every fork, or when all forks that took turns are over,
 * and what a folder has already is not measured again.
 */
final class MeasuredRun {
  private static final long ORDER_SEED = 20260101;
  private static final String LOG = "jmh.log";

  private final Settings settings;
  private final PrintStream out;
  private final RowRunner runner;
  private final RunFolder folder;
  private final List<Fork> before;
  private final Map<Plan.Entry, List<Fork>> forks = new LinkedHashMap<>();
  private final StringBuilder log;
  private volatile boolean over;
  private volatile boolean interrupted;

  MeasuredRun(Settings settings, PrintStream out, RowRunner runner, RunFolder folder)
      throws IOException {
    this.settings = settings;
    this.out = out;
    this.runner = runner;
    this.folder = folder;
    this.before = folder.forks();
    this.log = new StringBuilder(folder.text(LOG));
  }

  /** Runs what is not there yet, prints the table, and returns the exit code. */
  int run(Plan plan) throws IOException, InterruptedException, RunnerException {
    out.println("Results: " + folder.path());
    Runtime.getRuntime().addShutdownHook(new Thread(this::sayHowToGoOn));
    try {
      measureAll(plan);
      report();
    } finally {
      over = true;
    }
    return Bench.DONE;
  }

  /** After Ctrl-C. */
  private void sayHowToGoOn() {
    interrupted = !over;
    if (interrupted) {
      out.printf(
          "%nInterrupted. What was measured is in %s; ./bench run --resume %s goes on.%n",
          folder.path(), folder.path());
    }
  }

  private void measureAll(Plan plan) throws IOException, InterruptedException, RunnerException {
    plan.entries().forEach(entry -> forks.put(entry, new ArrayList<>()));
    Progress progress = new Progress(out, settings.rounds() * plan.forks() - before.size());
    Random order = new Random(ORDER_SEED);
    for (int round = 1; round <= settings.rounds(); round++) {
      int place = 1;
      for (List<Plan.Entry> together : round(plan, round, order)) {
        if (!known(together, round, place)) {
          measure(together, round, place, progress);
          folder.writeForks(all());
        }
        place += together.size();
      }
    }
  }

  /** What a round measures, in its order: forks that take turns together, others one by one. */
  private List<List<Plan.Entry>> round(Plan plan, int round, Random order) {
    if (round == 1 && settings.mode() != RunMode.VERDICT) {
      return plan.entries().stream().map(List::of).toList();
    }
    return plan.shuffled(order).stream()
        .flatMap(
            entries ->
                runner.takesTurns() && entries.getFirst().measured().together()
                    ? Stream.of(entries)
                    : entries.stream().map(List::of))
        .toList();
  }

  private void report() throws IOException {
    String report = Table.of(Fork.rows(all()));
    if (settings.rounds() > 1 || settings.mode() == RunMode.VERDICT) {
      List<Judged> judged = new Family(Rounds.pairs(all())).judged();
      folder.write(VerdictsCsv.FILE, VerdictsCsv.of(judged));
      report += "\n" + VerdictText.of(judged);
    }
    folder.write("table.txt", report);
    new Report(folder).writePage(folder.path());
    folder.complete();
    out.println();
    out.print(report);
    out.println("Results: " + folder.path());
  }

  /**
   * Whether the folder has all forks from this place on, which are ours then; throws when somebody
   * else was measured there.
   */
  private boolean known(List<Plan.Entry> together, int round, int firstPlace) throws IOException {
    List<Fork> found = new ArrayList<>();
    for (int i = 0; i < together.size(); i++) {
      Plan.Entry entry = together.get(i);
      int place = firstPlace + i;
      for (Fork fork : before) {
        if (fork.round() == round && fork.place() == place) {
          if (!entry.measured(fork.rows().getFirst())) {
            throw new IOException(
                "%s: fork %d of round %d is not of %s; another plan was measured there"
                    .formatted(folder.path(), place, round, entry.label()));
          }
          found.add(fork.by(entry.contestant()));
        }
      }
    }
    if (found.size() < together.size()) {
      return false;
    }
    for (int i = 0; i < together.size(); i++) {
      add(together.get(i), found.get(i));
    }
    return true;
  }

  private void add(Plan.Entry entry, Fork fork) {
    forks.computeIfAbsent(entry, _ -> new ArrayList<>()).add(fork);
  }

  private void measure(List<Plan.Entry> together, int round, int firstPlace, Progress progress)
      throws IOException, InterruptedException, RunnerException {
    Plan.Entry first = together.getFirst();
    progress.begin(together.size() == 1 ? first.label() : first.caseLabel());
    List<RowRunner.Measured> measured;
    try {
      measured = runner.run(together);
    } catch (RowRunner.ForkFailed e) {
      log(e.output());
      if (!interrupted) {
        progress.end("FAILED");
        out.println(e.output());
      }
      throw e;
    }
    List<String> scores = new ArrayList<>();
    for (int i = 0; i < together.size(); i++) {
      Plan.Entry entry = together.get(i);
      RowRunner.Measured each = measured.get(i);
      log(each.output());
      List<Row> rows =
          Rows.of(
              entry.question(),
              entry.measured(),
              entry.contestant(),
              folder.environment().fileSystem(),
              each.results());
      folder.addRaw(each.results(), all().size());
      add(entry, new Fork(round, firstPlace + i, rows, Costs.of(each.results(), each.disk())));
      Score score = rows.getFirst().score();
      scores.add(
          together.size() == 1
              ? "%.2f %s".formatted(score.value(), score.unit())
              : "%s %.2f".formatted(entry.contestant().name(), score.value()));
    }
    progress.end(String.join(", ", scores), together.size());
  }

  private void log(String output) throws IOException {
    log.append(output);
    folder.write(LOG, log.toString());
  }

  /** What was measured so far, in the order of the plan. */
  private List<Fork> all() {
    return forks.values().stream().flatMap(List::stream).toList();
  }
}
