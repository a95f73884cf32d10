package dev.varve.bench.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a contestant came to in a round.
 *
 * @param round from 1 on
 * @param row its figure: that of its fork, or the geometric mean of its forks, without an interval
 */
public record RoundScore(int round, Row row) {
  /** The scores of a run, in the order in which their first forks appear. */
  public static List<RoundScore> of(List<Fork> forks) {
    Map<List<Object>, List<Row>> figures = new LinkedHashMap<>();
    for (Fork fork : forks) {
      for (Row row : fork.rows()) {
        figures.computeIfAbsent(key(fork.round(), row), _ -> new ArrayList<>()).add(row);
      }
    }
    return figures.entrySet().stream()
        .map(figure -> new RoundScore((int) figure.getKey().getFirst(), mean(figure.getValue())))
        .toList();
  }

  private static List<Object> key(int round, Row row) {
    return List.of(
        round,
        row.question(),
        row.params(),
        row.medium(),
        row.level(),
        row.contestant().name(),
        row.score().unit());
  }

  private static Row mean(List<Row> forks) {
    Row first = forks.getFirst();
    return forks.size() == 1
        ? first
        : first.scored(Score.geometricMean(forks.stream().map(Row::score).toList()));
  }
}
