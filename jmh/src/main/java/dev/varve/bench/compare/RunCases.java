package dev.varve.bench.compare;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.RoundScore;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.systems.Kind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of a run by case, system and round.
 *
 * @param cases in the order in which they first appear
 */
record RunCases(Map<Key, Map<String, SortedMap<Integer, Row>>> cases) {
  /** What a case is recognised by in another run, whatever its files are on. */
  record Key(String question, String params, String unit) {}

  /** The cases of a run; one from before there were rounds has one. */
  static RunCases of(RunFolder run) throws IOException {
    Map<Key, Map<String, SortedMap<Integer, Row>>> cases = new LinkedHashMap<>();
    List<Fork> forks = run.forks();
    RoundScore.of(forks).forEach(score -> add(cases, score.round(), score.row()));
    if (forks.isEmpty()) {
      run.rows().forEach(row -> add(cases, 1, row));
    }
    return new RunCases(cases);
  }

  private static void add(
      Map<Key, Map<String, SortedMap<Integer, Row>>> cases, int round, Row row) {
    cases
        .computeIfAbsent(
            new Key(row.question(), row.params(), row.score().unit()), _ -> new LinkedHashMap<>())
        .computeIfAbsent(row.contestant().name(), _ -> new TreeMap<>())
        .put(round, row);
  }

  /** The systems of a case; none where there is no such case. */
  Map<String, SortedMap<Integer, Row>> systems(Key key) {
    return cases.getOrDefault(key, Map.of());
  }

  /** Ours in a case, without those that test the rig. */
  List<String> ours(Key key) {
    return contestants(key, Kind.OURS).stream()
        .filter(who -> !who.control())
        .map(Contestant::name)
        .toList();
  }

  /** The contestants of a kind in a case. */
  List<Contestant> contestants(Key key, Kind kind) {
    return systems(key).values().stream()
        .map(rounds -> first(rounds).contestant())
        .filter(who -> who.kind() == kind)
        .toList();
  }

  /** Durability and medium of a case, as results show them. */
  String ground(Key key) {
    Row row = first(systems(key).values().iterator().next());
    return "%s on %s".formatted(row.level(), row.medium());
  }

  private static Row first(SortedMap<Integer, Row> rounds) {
    return rounds.firstEntry().getValue();
  }
}
