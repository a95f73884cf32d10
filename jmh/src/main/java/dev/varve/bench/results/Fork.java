package dev.varve.bench.results;

import dev.varve.bench.questions.Contestant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process measured.
 *
 * @param round from 1 on
 * @param place which fork of the round it was, from 1 on
 * @param rows its figures, one or more of the same contestant in the same case
 * @param costs what it took besides time
 */
public record Fork(int round, int place, List<Row> rows, Costs costs) {
  /** Copies the rows. */
  public Fork {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a fork without figures");
    }
  }

  /** The same, with all that is known about who was measured. */
  public Fork by(Contestant contestant) {
    List<Row> known = rows.stream().map(row -> row.of(contestant)).toList();
    return new Fork(round, place, known, costs);
  }

  /** Whether one of its figures is of this row. */
  boolean has(Row row) {
    return rows.stream().anyMatch(row::sameAs);
  }

  /**
   * One row for each figure, in the order in which they first appear. The score of several forks is
   * the mean of theirs, and its interval that of Student's t over them: forks differ by more than
   * the iterations of one.
   */
  public static List<Row> rows(List<Fork> forks) {
    List<List<Row>> figures = new ArrayList<>();
    for (Fork fork : forks) {
      for (Row row : fork.rows) {
        figures.stream()
            .filter(figure -> figure.getFirst().sameAs(row))
            .findFirst()
            .orElseGet(
                () -> {
                  figures.add(new ArrayList<>());
                  return figures.getLast();
                })
            .add(row);
      }
    }
    return figures.stream().map(Fork::together).toList();
  }

  private static Row together(List<Row> figure) {
    Row first = figure.getFirst();
    if (figure.size() == 1) {
      return first;
    }
    List<Double> scores = figure.stream().map(row -> row.score().value()).toList();
    return first.scored(Score.mean(scores, first.score().unit()));
  }
}
