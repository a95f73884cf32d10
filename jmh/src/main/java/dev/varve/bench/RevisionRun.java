package dev.varve.bench;

import dev.varve.bench.compare.BuiltRevision;
import dev.varve.bench.compare.CannotBeDone;
import dev.varve.bench.questions.Contestant;
import dev.varve.bench.report.Report;
import dev.varve.bench.report.VerdictText;
import dev.varve.bench.results.Costs;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.Family;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.Rounds;
import dev.varve.bench.verdict.VerdictsCsv;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Ours of two revisions in random rounds: in each round and case the newer one twice, the second
 * time as its A/A control, and the older one.
 */
final class RevisionRun {
  private static final long ORDER_SEED = 20260101;

  /** The pace of a verdict run, for harnesses that have none. */
  private static final String PACE = "-r 250ms";

  private final PrintStream out;
  private final RunFolder folder;
  private final Path scratch;
  private final BuiltRevision older;
  private final BuiltRevision newer;

  RevisionRun(
      PrintStream out, RunFolder folder, Path scratch, BuiltRevision older, BuiltRevision newer) {
    this.out = out;
    this.folder = folder;
    this.scratch = scratch;
    this.older = older;
    this.newer = newer;
  }

  /** One of the three in a case, with its forks so far. */
  private record Entrant(
      Plan.Entry entry, Contestant contestant, BuiltRevision revision, List<Fork> forks) {}

  /** Measures all rounds and leaves the results. A case that only one of them has is left out. */
  List<Judged> run(List<Plan.Entry> ours, int rounds) throws IOException, InterruptedException {
    Map<Plan.Entry, List<Entrant>> cases = new LinkedHashMap<>();
    ours.forEach(entry -> cases.put(entry, entrants(entry)));
    Progress progress =
        new Progress(out, rounds * 3 * ours.stream().mapToInt(Plan.Entry::forks).sum());
    Random random = new Random(ORDER_SEED);
    for (int round = 1; round <= rounds; round++) {
      List<Plan.Entry> order = new ArrayList<>(cases.keySet());
      Collections.shuffle(order, random);
      int place = 1;
      for (Plan.Entry entry : order) {
        List<Entrant> turns = turns(cases.getOrDefault(entry, List.of()), entry.forks());
        Collections.shuffle(turns, random);
        if (measured(turns, round, place, progress)) {
          place += turns.size();
        } else {
          cases.remove(entry);
        }
        folder.writeForks(forks(cases));
      }
    }
    if (cases.isEmpty()) {
      throw new CannotBeDone("There is no case that both revisions have.");
    }
    return report(forks(cases));
  }

  private static List<Entrant> turns(List<Entrant> entrants, int forks) {
    List<Entrant> turns = new ArrayList<>();
    entrants.forEach(entrant -> turns.addAll(Collections.nCopies(forks, entrant)));
    return turns;
  }

  private List<Entrant> entrants(Plan.Entry entry) {
    Contestant ours = entry.contestant();
    Contestant before = Contestant.of(ours.name() + "@" + older.shortName(), ours.kind());
    return List.of(
        new Entrant(entry, ours, newer, new ArrayList<>()),
        new Entrant(entry, ours.again(), newer, new ArrayList<>()),
        new Entrant(entry, before, older, new ArrayList<>()));
  }

  /** Measures one round of a case; false if one of the revisions does not have it. */
  private boolean measured(List<Entrant> turns, int round, int place, Progress progress)
      throws IOException, InterruptedException {
    for (Entrant entrant : turns) {
      Plan.Entry entry = entrant.entry;
      progress.begin(
          "%s %s %s"
              .formatted(
                  entry.question().name(), entry.measured().label(), entrant.contestant.name()));
      Optional<RunFolder> result = entrant.revision.measure(asked(entry));
      if (result.isEmpty()) {
        progress.end(
            "left out: revision %s does not have it".formatted(entrant.revision.shortName()));
        return false;
      }
      if (entrant.revision.equals(newer) && entrant.forks.isEmpty()) {
        folder.measuredBy(result.get().environment());
      }
      Fork fork = fork(result.get(), round, place++).by(entrant.contestant);
      entrant.forks.add(fork);
      progress.end(
          "%.2f %s"
              .formatted(
                  fork.rows().getFirst().score().value(), fork.rows().getFirst().score().unit()));
    }
    return true;
  }

  private static Fork fork(RunFolder result, int round, int place) throws IOException {
    List<Fork> forks = result.forks();
    return forks.isEmpty()
        ? new Fork(round, place, result.rows(), Costs.UNKNOWN)
        : new Fork(round, place, forks.getFirst().rows(), forks.getFirst().costs());
  }

  private Map<String, String> asked(Plan.Entry entry) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put(
        "bench",
        "^"
            + Pattern.quote(
                "%s %s %s"
                    .formatted(
                        entry.question().name(),
                        entry.question().benchmark().getSimpleName(),
                        entry.measured().label()))
            + "$");
    asked.put("bench.mode", RunMode.QUICK.label());
    asked.put("bench.systems", entry.system());
    asked.put("bench.dir", scratch.toAbsolutePath().toString());
    asked.put("jmh.args", PACE);
    return asked;
  }

  private List<Judged> report(List<Fork> forks) throws IOException {
    List<Judged> judged = new Family(Rounds.pairs(forks)).judged();
    String text = VerdictText.of(judged);
    folder.write(VerdictsCsv.FILE, VerdictsCsv.of(judged));
    folder.write("table.txt", text);
    new Report(folder).writePage(folder.path());
    out.println();
    out.print(text);
    out.println("Results: " + folder.path());
    return judged;
  }

  private static List<Fork> forks(Map<Plan.Entry, List<Entrant>> cases) {
    return cases.values().stream()
        .flatMap(List::stream)
        .flatMap(entrant -> entrant.forks().stream())
        .toList();
  }
}
