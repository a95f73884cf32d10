package dev.varve.bench.report;

import dev.varve.bench.chart.Chart;
import dev.varve.bench.chart.Distances;
import dev.varve.bench.chart.Figures;
import dev.varve.bench.chart.Frame;
import dev.varve.bench.results.Comparison;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.Score;
import dev.varve.bench.systems.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Ours beside the best peer and the limit in all cases, for each durability and medium. */
final class Glance {
  private static final List<String> HEAD =
      List.of("case", "ours", "figure", "times as fast as the best peer", "as the limit");

  private final List<Row> ours;
  private final Comparison comparison;

  Glance(List<Row> rows) {
    this.ours =
        rows.stream()
            .filter(row -> row.contestant().kind() == Kind.OURS && !row.contestant().control())
            .toList();
    this.comparison = new Comparison(rows);
  }

  /** A chart of the cases that have a limit, and where percentiles are not meant. */
  List<Chart> charts(Setting setting, Names names) {
    List<Chart> charts = new ArrayList<>();
    for (List<Row> alike : Charts.groups(ours, Glance::title)) {
      List<Distances.Case> cases = new ArrayList<>();
      for (List<Row> same : Charts.groups(alike, Glance::words)) {
        distances(same.getFirst()).ifPresent(cases::add);
      }
      Row first = alike.getFirst();
      String title = "How far is the limit? Durability " + first.level();
      Frame frame =
          new Frame(
              names.of(title + " " + first.medium()),
              title,
              "Ours (●) and the best peer (■) in each case",
              "times as fast as the limit, further right is faster; logarithmic scale",
              setting.source(first.level().name(), first.medium()),
              Charts.DATA);
      if (!cases.isEmpty()) {
        charts.add(Distances.of(frame, cases, Comparison.LIMIT));
      }
    }
    return charts;
  }

  private Optional<Distances.Case> distances(Row row) {
    return comparison
        .limit(row)
        .filter(limit -> !Charts.isPercentile(row) && limit.score().value() > 0)
        .map(
            limit ->
                new Distances.Case(
                    words(row),
                    spot(row, limit),
                    comparison
                        .bestPeer(row)
                        .map(peer -> spot(peer, limit))
                        .orElse(Distances.Spot.NONE)));
  }

  private static Distances.Spot spot(Row row, Row limit) {
    return new Distances.Spot(row.contestant().name(), row.score().timesAsFastAs(limit.score()));
  }

  /** Tables by their titles, the heading of each first. */
  Map<String, List<List<String>>> tables() {
    Map<String, List<List<String>>> tables = new LinkedHashMap<>();
    for (Row row : ours) {
      tables.computeIfAbsent(title(row), _ -> new ArrayList<>(List.of(HEAD))).add(cells(row));
    }
    return tables;
  }

  private static String title(Row row) {
    return "durability %s, medium %s".formatted(row.level(), row.medium());
  }

  private static String words(Row row) {
    String params = Params.words(row.params());
    return row.question() + (params.isEmpty() ? "" : ", " + params);
  }

  private List<String> cells(Row row) {
    Score score = row.score();
    return List.of(
        words(row),
        row.contestant().name(),
        Figures.of(score.value()) + " " + Figures.unit(score.unit()),
        ratio(row, comparison.bestPeer(row)),
        ratio(row, comparison.limit(row)));
  }

  private static String ratio(Row row, Optional<Row> other) {
    return other
        .map(
            found ->
                String.format(
                    Locale.ROOT,
                    "%.2f× %s",
                    row.score().timesAsFastAs(found.score()),
                    found.contestant().name()))
        .orElse("");
  }
}
