package dev.varve.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.results.Comparison;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.Score;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ratios, and what is said when a limit is none. */
class TableTest {
  private static final Row OURS = row("varve", Kind.OURS, false, 40);
  private static final Row ONE_BY_ONE = row("aeron-archive", Kind.PEER, false, 100);
  private static final Row BATCHING = row("lmdb", Kind.PEER, true, 80);
  private static final Row LIMIT = row("limit", Kind.LIMIT, false, 32);
  private static final Row LEAN = row("limit-lean", Kind.LIMIT, false, 20);

  @Test
  void oursIsComparedWithTheBestPeerAndTheLimit() {
    String table = Table.of(List.of(OURS, ONE_BY_ONE, BATCHING, LIMIT, LEAN));
    assertTrue(table.contains("2.00x lmdb, one by one 2.50x aeron-archive"), table);
    assertTrue(table.contains("1.25x"), table);
    assertTrue(table.contains("Durability NONE, medium ext4\n"), table);
    assertFalse(table.contains("ERROR"), table);
  }

  @Test
  void levelsAndMediaHaveTablesOfTheirOwn() {
    Row durable = new Row("append", "", "ext4", Level.SYNC, OURS.contestant(), OURS.score());
    Row chain = new Row("chain", "", "memory", Level.NONE, OURS.contestant(), OURS.score());
    String table = Table.of(List.of(OURS, durable, chain, LIMIT));
    assertEquals(
        List.of(
            "Durability NONE, medium ext4",
            "Durability SYNC, medium ext4",
            "Durability NONE, medium memory"),
        table.lines().filter(line -> line.startsWith("Durability")).toList());
    assertEquals(3, table.lines().filter(line -> line.startsWith("question ")).count(), table);
  }

  @Test
  void aRowFasterThanItsLimitIsAnErrorInTheLimit() {
    Row faster = row("varve", Kind.OURS, false, 25);
    String table = Table.of(List.of(faster, LIMIT, LEAN));
    assertTrue(table.contains("ERROR in the limit of append-steady size=100: varve"), table);
  }

  @Test
  void withinTheIntervalTheLimitHolds() {
    Row close = row("varve", Kind.OURS, false, 31);
    assertEquals(List.of(), new Comparison(List.of(close, LIMIT)).fasterThanTheirLimit());
  }

  @Test
  void moreOperationsPerSecondAreFaster() {
    Score ours = new Score(400, 390, 410, "ops/s");
    Score theirs = new Score(100, 90, 110, "ops/s");
    assertEquals(4, ours.timesAsFastAs(theirs));
    assertTrue(ours.clearlyFasterThan(theirs));
    assertFalse(theirs.clearlyFasterThan(ours));
  }

  @Test
  void theIntervalOfEqualIterationsIsEmpty() {
    assertEquals(new Score(5, 5, 5, "ns/op"), Score.mean(List.of(5.0, 5.0, 5.0), "ns/op"));
  }

  private static Row row(String system, Kind kind, boolean batches, double nanos) {
    return new Row(
        "append-steady",
        "size=100",
        "ext4",
        Level.NONE,
        new Contestant(system, kind, batches, batches ? "in batches" : ""),
        new Score(nanos, nanos - 1, nanos + 1, "ns/op"));
  }
}
