package dev.varve.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.chart.Chart;
import dev.varve.bench.questions.Contestant;
import dev.varve.bench.results.Environment;
import dev.varve.bench.results.Medium;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.Score;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rows stand in which chart. */
class ChartsTest {
  private Charts charts;

  @BeforeEach
  void setUp() throws IOException {
    Medium medium = new Medium("ext4", "/dev/sda", "/", "rw");
    charts =
        new Charts(
            new Setting(Environment.now(Path.of(""), medium, List.of(), "", Map.of())),
            new Names());
  }

  private static Row row(String params, Level level, String medium, String system, double value) {
    Kind kind =
        system.equals("limit") ? Kind.LIMIT : system.equals("varve") ? Kind.OURS : Kind.PEER;
    Score score = new Score(value, value - 1, value + 1, "ns/op");
    return new Row("append", params, medium, level, Contestant.of(system, kind), score);
  }

  private List<String> titles(Row... rows) {
    return charts.of(List.of(rows), "").stream().map(chart -> chart.frame().title()).toList();
  }

  @Test
  void durabilityAndMediumAreNeverMixed() {
    Row none = row("size=1", Level.NONE, "ext4", "varve", 10);
    Row sync = row("size=1", Level.SYNC, "ext4", "lmdb", 20);
    Row memory = row("size=1", Level.NONE, "memory", "rocksdb", 30);
    assertThrows(IllegalArgumentException.class, () -> charts.bars(List.of(none, sync), ""));
    assertThrows(IllegalArgumentException.class, () -> charts.bars(List.of(none, memory), ""));
    List<Chart> drawn = charts.of(List.of(none, sync, memory), "");
    assertEquals(3, drawn.size());
    for (Chart chart : drawn) {
      assertEquals(2, chart.table().size(), () -> "rows of " + chart.table());
    }
    assertEquals(
        "durability SYNC, medium ext4 on /dev/sda", drawn.get(1).frame().source().getFirst());
    assertEquals("durability NONE, medium memory", drawn.get(2).frame().source().getFirst());
  }

  @Test
  void aParameterThatCountsBecomesAScaleAtEachDurability() {
    assertEquals(
        List.of(
            "append, do read by size",
            "append, size 1, do read",
            "append, size 100, do read",
            "append, size 100, do write"),
        titles(
            row("size=1;do=read", Level.NONE, "ext4", "varve", 10),
            row("size=100;do=read", Level.NONE, "ext4", "varve", 20),
            row("size=100;do=write", Level.NONE, "ext4", "varve", 20)));
    assertEquals(
        List.of("append, size 1", "append, size 100"),
        titles(
            row("size=1", Level.NONE, "ext4", "varve", 10),
            row("size=100", Level.SYNC, "ext4", "varve", 20)));
  }

  @Test
  void percentilesAreOneChartInTheirOrder() {
    List<Chart> drawn =
        charts.of(
            List.of(
                row("size=1;figure=max", Level.NONE, "ext4", "varve", 900),
                row("size=1;figure=p50", Level.NONE, "ext4", "varve", 10),
                row("size=1;figure=p999", Level.NONE, "ext4", "varve", 200),
                row("size=1;figure=p50", Level.NONE, "ext4", "lmdb", 20)),
            "");
    assertEquals(1, drawn.size());
    assertEquals("append, size 1 by percentile", drawn.getFirst().frame().title());
    assertEquals(
        List.of("system", "role", "50", "99.9", "max"), drawn.getFirst().table().getFirst());
  }

  @Test
  void aLonePercentileIsShownToo() {
    assertEquals(
        List.of("append, size 1 by percentile"),
        titles(row("size=1;figure=p9999", Level.NONE, "ext4", "varve", 10)));
  }

  @Test
  void theFastestStandsFirstAndTheLimitIsALine() {
    Chart chart =
        charts.bars(
            List.of(
                row("", Level.NONE, "ext4", "lmdb", 80),
                row("", Level.NONE, "ext4", "limit", 20),
                row("", Level.NONE, "ext4", "varve", 40)),
            "");
    List<String> systems = chart.table().stream().skip(1).map(List::getFirst).toList();
    assertEquals(List.of("limit", "varve", "lmdb"), systems);
    assertEquals("2.00× limit", chart.table().get(2).getLast());
    assertTrue(chart.inline().toString().contains("class=\"across\""));
  }

  @Test
  void namesOfFilesArePlainAndGivenOnce() {
    Names names = new Names();
    assertEquals("a-b-100", names.of("../a/b=100"));
    assertEquals("a-b-100-2", names.of("a b 100"));
    assertEquals("chart", names.of("../.."));
    assertEquals(80, names.of("x".repeat(500)).length());
  }
}
