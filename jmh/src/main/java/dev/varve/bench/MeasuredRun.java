package dev.varve.bench;

import dev.varve.bench.questions.Footprint;
import dev.varve.bench.report.Report;
import dev.varve.bench.report.Table;
import dev.varve.bench.report.VerdictText;
import dev.varve.bench.results.Costs;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.Rows;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.Family;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.Rounds;
import dev.varve.bench.verdict.VerdictsCsv;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures a plan round by round, a fork or more for each entry. The order of a round is random,
 * but for the first of a run that gives no verdicts, so that what drifts does not always meet the
 * same system. Results are written after every fork, and what a folder has already is not measured
 * again.
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
  int run(Plan plan) throws IOException, RunnerException {
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

  private void measureAll(Plan plan) throws IOException, RunnerException {
    plan.entries().forEach(entry -> forks.put(entry, new ArrayList<>()));
    Progress progress = new Progress(out, settings.rounds() * plan.forks() - before.size());
    Random order = new Random(ORDER_SEED);
    for (int round = 1; round <= settings.rounds(); round++) {
      boolean asListed = round == 1 && settings.mode() != RunMode.VERDICT;
      int place = 0;
      for (Plan.Entry entry : asListed ? plan.entries() : plan.shuffled(order)) {
        Optional<Fork> known = known(entry, round, ++place);
        Fork fork = known.isPresent() ? known.get() : measure(entry, round, place, progress);
        forks.computeIfAbsent(entry, _ -> new ArrayList<>()).add(fork);
        if (known.isEmpty()) {
          folder.writeForks(all());
        }
      }
    }
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

  /** What the folder has for this place; throws when somebody else was measured there. */
  private Optional<Fork> known(Plan.Entry entry, int round, int place) throws IOException {
    for (Fork fork : before) {
      if (fork.round() == round && fork.place() == place) {
        if (!entry.measured(fork.rows().getFirst())) {
          throw new IOException(
              "%s: fork %d of round %d is not of %s; another plan was measured there"
                  .formatted(folder.path(), place, round, entry.label()));
        }
        return Optional.of(fork.by(entry.contestant()));
      }
    }
    return Optional.empty();
  }

  private Fork measure(Plan.Entry entry, int round, int place, Progress progress)
      throws IOException, RunnerException {
    progress.begin(entry.label());
    // What a fork left that did not come to its end.
    Files.deleteIfExists(settings.footprint());
    Collection<RunResult> results;
    try {
      results = runner.run(entry);
    } catch (RunnerException e) {
      if (!interrupted) {
        progress.end("FAILED");
        out.println(runner.output());
      }
      throw e;
    } finally {
      log.append(runner.output());
      folder.write(LOG, log.toString());
    }
    List<Row> rows =
        Rows.of(
            entry.question(),
            entry.measured(),
            entry.contestant(),
            folder.environment().fileSystem(),
            results);
    Row row = rows.getFirst();
    progress.end("%.2f %s".formatted(row.score().value(), row.score().unit()));
    folder.addRaw(results, all().size());
    Footprint disk = Footprint.take(settings.footprint());
    return new Fork(round, place, rows, Costs.of(results, disk));
  }

  /** What was measured so far, in the order of the plan. */
  private List<Fork> all() {
    return forks.values().stream().flatMap(List::stream).toList();
  }
}
