package dev.varve.bench.report;

import dev.varve.bench.chart.Bars;
import dev.varve.bench.chart.Chart;
import dev.varve.bench.chart.Figures;
import dev.varve.bench.chart.Frame;
import dev.varve.bench.chart.Lines;
import dev.varve.bench.chart.Mark;
import dev.varve.bench.results.Comparison;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.Score;
import dev.varve.bench.systems.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The charts of a question's rows. A chart has rows of one durability, one medium, one unit. */
final class Charts {
  /** The file that these charts show. */
  static final String DATA = "summary.csv";

  private final Setting setting;
  private final Names names;

  Charts(Setting setting, Names names) {
    this.setting = setting;
    this.names = names;
  }

  /**
   * The charts of one question, those that show more first.
   *
   * @param asks the question in a sentence; may be empty
   */
  List<Chart> of(List<Row> rows, String asks) {
    List<Chart> charts = new ArrayList<>();
    for (List<Row> alike : groups(rows, Charts::figures)) {
      charts.addAll(percentiles(alike, asks));
    }
    for (List<Row> alike : groups(rows, Charts::level)) {
      charts.addAll(scaling(alike, asks));
    }
    for (List<Row> compared : groups(rows, row -> List.of(level(row), row.params()))) {
      if (!isPercentile(compared.getFirst())) {
        charts.add(bars(compared, asks));
      }
    }
    return charts;
  }

  /** Bars with intervals, the fastest first, and the limit across them. */
  Chart bars(List<Row> rows, String asks) {
    Row first = ofOneLevel(rows);
    List<Bars.Bar> bars =
        rows.stream()
            .sorted(Comparator.comparingDouble(row -> -row.score().timesAsFastAs(first.score())))
            .map(Charts::bar)
            .toList();
    Optional<Bars.Across> limit =
        limit(rows).map(row -> new Bars.Across(row.contestant().name(), row.score().value()));
    String unit = Figures.unit(first.score().unit());
    String reading = unit + direction(first.score(), "longer", "shorter");
    return Bars.of(frame(first, Params.words(first.params()), asks, reading), bars, limit, unit);
  }

  private List<Chart> percentiles(List<Row> rows, String asks) {
    Map<Double, String> stops = new TreeMap<>();
    for (Row row : rows) {
      String figure = figure(row);
      Params.percentile(figure).ifPresent(share -> stops.put(share, figure));
    }
    if (stops.isEmpty()) {
      return List.of();
    }
    Row first = ofOneLevel(rows);
    List<String> figures = List.copyOf(stops.values());
    String others = Params.words(Params.without(first.params(), Params.FIGURE));
    String reading = Figures.unit(first.score().unit()) + " by percentile, lower is faster";
    List<Lines.Stop> labels = new ArrayList<>();
    figures.forEach(f -> labels.add(new Lines.Stop(Params.percentileWords(f), labels.size())));
    return List.of(
        Lines.of(
            frame(first, others + " by percentile", asks, reading),
            labels,
            series(rows, row -> figures.indexOf(figure(row)))));
  }

  /** A chart for each parameter that counts something and changes while the others do not. */
  private List<Chart> scaling(List<Row> rows, String asks) {
    List<Chart> charts = new ArrayList<>();
    for (String param : Params.of(rows.getFirst().params()).keySet()) {
      Function<Row, Object> others = row -> Params.without(row.params(), param);
      for (List<Row> alike : groups(rows, others)) {
        scaling(alike, param, asks).ifPresent(charts::add);
      }
    }
    return charts;
  }

  private Optional<Chart> scaling(List<Row> rows, String param, String asks) {
    Map<Double, String> stops = new TreeMap<>();
    for (Row row : rows) {
      String value = Params.of(row.params()).getOrDefault(param, "");
      Params.number(value).ifPresent(number -> stops.put(number, value));
    }
    if (stops.size() < 2 || isPercentile(rows.getFirst())) {
      return Optional.empty();
    }
    Row first = ofOneLevel(rows);
    List<String> values = List.copyOf(stops.values());
    String others = Params.words(Params.without(first.params(), param));
    String unit = Figures.unit(first.score().unit());
    String reading = unit + " by " + param + direction(first.score(), "higher", "lower");
    return Optional.of(
        Lines.of(
            frame(first, (others + " by " + param).strip(), asks, reading),
            scale(stops),
            series(rows, row -> values.indexOf(Params.of(row.params()).get(param)))));
  }

  /** Equal factors are equally far apart; with a zero, all numbers are. */
  private static List<Lines.Stop> scale(Map<Double, String> ascending) {
    boolean positive = ascending.keySet().iterator().next() > 0;
    List<Lines.Stop> stops = new ArrayList<>();
    ascending.forEach(
        (number, label) ->
            stops.add(new Lines.Stop(label, positive ? Math.log(number) : stops.size())));
    return stops;
  }

  private static List<Lines.Series> series(List<Row> rows, Function<Row, Integer> stop) {
    List<Lines.Series> series = new ArrayList<>();
    for (List<Row> line : groups(rows, row -> row.contestant().name())) {
      List<Lines.Point> points =
          line.stream()
              .filter(row -> stop.apply(row) >= 0)
              .map(row -> point(stop.apply(row), row.score()))
              .sorted(Comparator.comparingInt(Lines.Point::stop))
              .toList();
      if (!points.isEmpty()) {
        Row first = line.getFirst();
        series.add(new Lines.Series(first.contestant().name(), mark(first), points));
      }
    }
    return series;
  }

  private Frame frame(Row row, String words, String asks, String reading) {
    String title = words.isEmpty() ? row.question() : row.question() + ", " + words;
    return new Frame(
        names.of("%s %s %s".formatted(title, row.level(), row.medium())),
        title,
        asks,
        reading,
        setting.source(row.level().name(), row.medium()),
        DATA);
  }

  /** The first of rows, all of which have its durability, medium and unit. */
  private static Row ofOneLevel(List<Row> rows) {
    Row first = rows.getFirst();
    if (rows.stream().anyMatch(row -> !level(row).equals(level(first)))) {
      throw new IllegalArgumentException("different durability, medium or unit in one chart");
    }
    return first;
  }

  private static Optional<Row> limit(List<Row> rows) {
    List<Row> limits = rows.stream().filter(row -> row.contestant().kind() == Kind.LIMIT).toList();
    return limits.stream()
        .filter(row -> row.contestant().name().equals(Comparison.LIMIT))
        .findFirst()
        .or(() -> limits.stream().findFirst());
  }

  private static String direction(Score score, String more, String less) {
    return switch (score.unit()) {
      case "%" -> "";
      case String unit when unit.startsWith("ops/") -> ", " + more + " is faster";
      default -> ", " + less + " is faster";
    };
  }

  private static Bars.Bar bar(Row row) {
    Score score = row.score();
    return new Bars.Bar(
        row.contestant().name(), mark(row), score.value(), score.low(), score.high());
  }

  private static Lines.Point point(int stop, Score score) {
    return new Lines.Point(stop, score.value(), score.low(), score.high());
  }

  /** The mark of who a row is about. */
  static Mark mark(Row row) {
    return switch (row.contestant().kind()) {
      case OURS -> Mark.OURS;
      case PEER -> Mark.PEER;
      case LIMIT -> Mark.LIMIT;
    };
  }

  /** Whether a row is one of several percentiles of its case. */
  static boolean isPercentile(Row row) {
    return Params.percentile(figure(row)).isPresent();
  }

  private static String figure(Row row) {
    return Params.of(row.params()).getOrDefault(Params.FIGURE, "");
  }

  private static Object figures(Row row) {
    return List.of(level(row), Params.without(row.params(), Params.FIGURE));
  }

  private static Object level(Row row) {
    return List.of(row.level(), row.medium(), row.score().unit());
  }

  /** Rows with the same key, in the order of the first of each. */
  static <T> Collection<List<T>> groups(List<T> rows, Function<T, Object> key) {
    Map<Object, List<T>> groups = new LinkedHashMap<>();
    rows.forEach(row -> groups.computeIfAbsent(key.apply(row), _ -> new ArrayList<>()).add(row));
    return groups.values();
  }
}
