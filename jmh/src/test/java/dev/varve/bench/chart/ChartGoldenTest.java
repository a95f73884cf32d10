package dev.varve.bench.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.chart.Bars.Bar;
import dev.varve.bench.chart.Distances.Case;
import dev.varve.bench.chart.Distances.Spot;
import dev.varve.bench.chart.Forest.Outcome;
import dev.varve.bench.chart.Forest.Ratio;
import dev.varve.bench.chart.Lines.Point;
import dev.varve.bench.chart.Lines.Series;
import dev.varve.bench.chart.Lines.Stop;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** One small chart of each kind, byte by byte; {@code -Dcharts.write=true} writes them anew. */
class ChartGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/varve/bench/chart");

  static Stream<Chart> charts() {
    return Stream.of(bars("bars", 400), bars("points", 4000), lines(), forest(), distances());
  }

  private static Frame frame(String name, String data) {
    List<String> source = List.of("durability NONE, medium ext4", "a machine, 2 cores");
    return new Frame(name, "append, size 100", "What does it cost?", "ns", source, data);
  }

  private static Chart bars(String name, double slowest) {
    return Bars.of(
        frame(name, "summary.csv"),
        List.of(
            new Bar("limit", Mark.LIMIT, 35, 34, 36),
            new Bar("varve", Mark.OURS, 50, 48, 52),
            new Bar("a <peer> & \"more\"", Mark.PEER, slowest, slowest - 20, slowest + 20)),
        Optional.of(new Bars.Across("limit", 35)),
        "ns");
  }

  private static Chart lines() {
    List<Stop> stops = List.of(new Stop("1", 0), new Stop("4", 1), new Stop("16", 2));
    return Lines.of(
        frame("lines", "summary.csv"),
        stops,
        List.of(
            series("varve", Mark.OURS, 8000, 16000, 42000),
            series("limit", Mark.LIMIT, 7000, 16100, 41000),
            series("peer", Mark.PEER, 9000, 7000, 1500),
            new Series("sometimes", Mark.PEER, List.of(new Point(1, 3000, 2900, 3100)))));
  }

  private static Series series(String name, Mark mark, double... values) {
    return new Series(
        name,
        mark,
        Stream.iterate(0, i -> i < values.length, i -> i + 1)
            .map(i -> new Point(i, values[i], values[i] * 0.9, values[i] * 1.1))
            .toList());
  }

  private static Chart distances() {
    return Distances.of(
        frame("distances", "summary.csv"),
        List.of(
            new Case("append, size 100", new Spot("varve", 0.7), new Spot("peer", 0.28)),
            new Case("append, size 1024", new Spot("varve", 0.61), new Spot("peer", 0.33)),
            new Case("read", new Spot("varve", 1.12), Spot.NONE)),
        "limit");
  }

  private static Chart forest() {
    String append = "varve in append, size 100";
    double none = Double.NaN;
    return Forest.of(
        frame("forest", "verdicts.csv"),
        List.of(
            new Ratio(
                append,
                "varve-again (A/A)",
                1.01,
                0.98,
                1.03,
                0.03,
                Outcome.OPEN,
                "cannot tell",
                ""),
            new Ratio(append, "limit", 0.72, 0.69, 0.75, 0.03, Outcome.SLOWER, "slower", ""),
            new Ratio(append, "peer", 5.3, 5.1, 5.5, 0.03, Outcome.FASTER, "faster", ""),
            new Ratio(
                "varve in scan",
                "limit",
                0.9,
                none,
                none,
                none,
                Outcome.OPEN,
                "none",
                "too few rounds")));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void chartsAreDrawnAsTheyWere(Chart chart) throws Exception {
    Path file = GOLDEN.resolve(chart.frame().name() + ".svg");
    if (Boolean.getBoolean("charts.write")) {
      Files.writeString(file, chart.file("../"));
    }
    assertEquals(Files.readString(file), chart.file("../"));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void everyChartSaysWhereItsFiguresComeFrom(Chart chart) throws Exception {
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(chart.file("../"))))
            .getDocumentElement();
    String words = svg.getTextContent();
    chart.frame().source().forEach(line -> assertTrue(words.contains(line), line));
    String data = chart.frame().data();
    assertEquals(
        "../" + data,
        svg.getElementsByTagName("a").item(0).getAttributes().getNamedItem("href").getNodeValue());
    assertEquals("img", svg.getAttribute("role"));
    assertEquals(1, svg.getElementsByTagName("desc").getLength());
  }

  @ParameterizedTest
  @MethodSource("charts")
  void everyFigureOfAChartIsInItsTable(Chart chart) {
    assertTrue(chart.table().size() > 3);
    assertEquals(1, chart.table().stream().map(List::size).distinct().count());
    assertFalse(chart.inline().toString().contains("http"));
  }
}
