package dev.varve.bench.verdict;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.RoundScore;
import dev.varve.bench.results.Row;
import dev.varve.bench.systems.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures of a run by rounds, as pairs. */
public final class Rounds {
  private Rounds() {}

  /**
   * The first of ours against everybody else, case by case, in the order in which they first
   * appear. A pair has the rounds in which both were measured.
   */
  public static List<Pair> pairs(List<Fork> forks) {
    List<Map<String, SortedMap<Integer, Row>>> cases = new ArrayList<>();
    for (RoundScore score : RoundScore.of(forks)) {
      Row row = score.row();
      caseOf(row, cases)
          .computeIfAbsent(row.contestant().name(), _ -> new TreeMap<>())
          .put(score.round(), row);
    }
    return cases.stream()
        .flatMap(systems -> oursAgainstOthers(List.copyOf(systems.values())).stream())
        .toList();
  }

  private static Map<String, SortedMap<Integer, Row>> caseOf(
      Row row, List<Map<String, SortedMap<Integer, Row>>> cases) {
    for (Map<String, SortedMap<Integer, Row>> systems : cases) {
      if (first(systems.values().iterator().next()).comparableWith(row)) {
        return systems;
      }
    }
    cases.add(new LinkedHashMap<>());
    return cases.getLast();
  }

  private static List<Pair> oursAgainstOthers(List<SortedMap<Integer, Row>> systems) {
    List<SortedMap<Integer, Row>> others = new ArrayList<>(systems);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < systems.size(); i++) {
      if (first(systems.get(i)).contestant().kind() == Kind.OURS) {
        SortedMap<Integer, Row> ours = others.remove(i);
        others.forEach(other -> pairs.add(pair(ours, other)));
        pairs.removeIf(pair -> pair.ratios().isEmpty());
        return pairs;
      }
    }
    return pairs;
  }

  private static Pair pair(SortedMap<Integer, Row> ours, SortedMap<Integer, Row> others) {
    List<Double> ratios = new ArrayList<>();
    ours.forEach(
        (round, row) -> {
          Row other = others.get(round);
          if (other != null) {
            ratios.add(row.score().timesAsFastAs(other.score()));
          }
        });
    Row row = first(ours);
    Contestant other = first(others).contestant();
    return new Pair(
        row.question(),
        row.params(),
        row.medium(),
        row.level().name(),
        row.contestant().name(),
        other.name(),
        other.name().equals(row.contestant().again().name()),
        ratios);
  }

  private static Row first(SortedMap<Integer, Row> rows) {
    return rows.firstEntry().getValue();
  }
}
