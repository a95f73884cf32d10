package dev.varve.bench.compare;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.verdict.RunPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Two results of runs that were made at different times: what of ours changed beside something that
 * was measured in the same rounds.
 */
public final class TwoFolders {
  private static final String LIMIT = "limit";

  private final RunFolder before;
  private final RunFolder after;
  private final RunCases first;
  private final RunCases second;

  /** Reads both. */
  public TwoFolders(RunFolder before, RunFolder after) throws IOException {
    this.before = before;
    this.after = after;
    this.first = RunCases.of(before);
    this.second = RunCases.of(after);
  }

  /** Why they should not be compared, as lines for people; empty if nothing speaks against it. */
  public List<String> doubts() {
    List<String> doubts =
        new ArrayList<>(
            MachineClass.of(before.environment())
                .differences(MachineClass.of(after.environment())));
    String kind = scores(before);
    if (!kind.equals(scores(after))) {
      doubts.add("scores: %s, and %s".formatted(kind, scores(after)));
    }
    shared()
        .filter(key -> !first.ground(key).equals(second.ground(key)))
        .forEach(
            key ->
                doubts.add(
                    "%s %s: %s, and %s"
                        .formatted(
                            key.question(), key.params(), first.ground(key), second.ground(key))));
    return doubts;
  }

  private static String scores(RunFolder run) {
    return run.environment().averagesOperations()
        ? "averages over operations"
        : "means of iterations";
  }

  /** Each of ours beside its reference, for every case of both. */
  public List<RunPair> pairs() {
    return shared()
        .flatMap(
            key ->
                first.ours(key).stream()
                    .filter(second.ours(key)::contains)
                    .flatMap(ours -> pair(key, ours).stream()))
        .toList();
  }

  private Stream<RunCases.Key> shared() {
    return first.cases().keySet().stream().filter(second.cases()::containsKey);
  }

  private Optional<RunPair> pair(RunCases.Key key, String ours) {
    return reference(key, ours)
        .map(
            reference ->
                new RunPair(
                    key.question(),
                    key.params(),
                    ours,
                    reference,
                    ratios(first, key, ours, reference),
                    ratios(second, key, ours, reference),
                    mean(second, key, reference) / mean(first, key, reference)));
  }

  /** The limit; else the peer with the most rounds, of several the first by name. */
  private Optional<String> reference(RunCases.Key key, String ours) {
    List<String> references =
        Stream.concat(
                first.contestants(key, Kind.PEER).stream(),
                first.contestants(key, Kind.LIMIT).stream().filter(who -> who.name().equals(LIMIT)))
            .map(Contestant::name)
            .filter(name -> rounds(key, ours, name) > 0)
            .toList();
    return references.contains(LIMIT)
        ? Optional.of(LIMIT)
        : references.stream()
            .max(
                Comparator.comparingInt((String name) -> rounds(key, ours, name))
                    .thenComparing(Comparator.reverseOrder()));
  }

  /** In how many rounds ours was measured beside it, in the run that has fewer of them. */
  private int rounds(RunCases.Key key, String ours, String reference) {
    return Math.min(
        ratios(first, key, ours, reference).size(), ratios(second, key, ours, reference).size());
  }

  private static List<Double> ratios(
      RunCases run, RunCases.Key key, String ours, String reference) {
    SortedMap<Integer, Row> others = forks(run, key, reference);
    List<Double> ratios = new ArrayList<>();
    forks(run, key, ours)
        .forEach(
            (round, row) -> {
              Row other = others.get(round);
              if (other != null) {
                ratios.add(row.score().timesAsFastAs(other.score()));
              }
            });
    return ratios;
  }

  /** The geometric mean of how many times as fast as one unit a system was. */
  private static double mean(RunCases run, RunCases.Key key, String system) {
    return StrictMath.exp(
        forks(run, key, system).values().stream()
            .mapToDouble(row -> StrictMath.log(row.score().speed()))
            .average()
            .orElse(Double.NaN));
  }

  private static SortedMap<Integer, Row> forks(RunCases run, RunCases.Key key, String system) {
    return run.systems(key).getOrDefault(system, new TreeMap<>());
  }
}
