package dev.varve.bench.results;

import dev.varve.bench.systems.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Rows seen beside those that they may be compared with. */
public final class Comparison {
  /** The name of the limit, beside which others of its kind may stand. */
  public static final String LIMIT = "limit";

  private final List<Row> rows;

  /** Compares rows of one run. */
  public Comparison(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The fastest peer of a row. */
  public Optional<Row> bestPeer(Row row) {
    return best(row, other -> other.contestant().kind() == Kind.PEER);
  }

  /** The fastest peer of a row among those that take records one by one. */
  public Optional<Row> bestPeerOneByOne(Row row) {
    return best(
        row, other -> other.contestant().kind() == Kind.PEER && !other.contestant().batches());
  }

  /** The limit of a row; the leaner loops beside it do not count. */
  public Optional<Row> limit(Row row) {
    return best(row, other -> other.contestant().name().equals(LIMIT));
  }

  /** Rows that are faster than their limit by more than chance: the limit is wrong. */
  public List<Row> fasterThanTheirLimit() {
    return rows.stream()
        .filter(row -> row.contestant().kind() != Kind.LIMIT)
        .filter(
            row ->
                limit(row)
                    .filter(limit -> row.score().clearlyFasterThan(limit.score()))
                    .isPresent())
        .toList();
  }

  private Optional<Row> best(Row row, Predicate<Row> wanted) {
    return rows.stream()
        .filter(row::comparableWith)
        .filter(wanted)
        .max(Comparator.comparingDouble(other -> other.score().timesAsFastAs(row.score())));
  }
}
