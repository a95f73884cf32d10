package dev.varve.bench.report;

import dev.varve.bench.chart.Bars;
import dev.varve.bench.chart.Chart;
import dev.varve.bench.chart.Figures;
import dev.varve.bench.chart.Frame;
import dev.varve.bench.results.Costs;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the forks of a question took besides time: charts of disk use, a table of the rest. */
final class CostCharts {
  private static final String DATA = "costs.csv";

  private final Setting setting;
  private final Names names;

  CostCharts(Setting setting, Names names) {
    this.setting = setting;
    this.names = names;
  }

  /** The charts of one question's forks; none where nothing is known. */
  List<Chart> of(List<Fork> forks) {
    List<Chart> charts = new ArrayList<>();
    for (List<Fork> alike : Charts.groups(forks, CostCharts::situation)) {
      disk(alike, "disk use", "bytes on disk for each byte held", c -> c.disk().diskPerHeld())
          .ifPresent(charts::add);
      disk(
              alike,
              "bytes written",
              "bytes that the device wrote for each byte of payload",
              c -> c.disk().writtenPerPayload())
          .ifPresent(charts::add);
    }
    return charts;
  }

  /** Memory and garbage collection by system, the heading first; empty where nothing is known. */
  static List<List<String>> table(List<Fork> forks) {
    List<List<String>> table = new ArrayList<>();
    for (List<Fork> alike : Charts.groups(forks, f -> List.of(situation(f), system(f)))) {
      DoubleSummaryStatistics bytes = statistics(alike, Costs::allocatedBytesPerOp);
      if (bytes.getCount() > 0) {
        Row row = alike.getFirst().rows().getFirst();
        table.add(
            List.of(
                Params.words(Params.without(row.params(), Params.FIGURE)),
                row.level().toString(),
                system(alike.getFirst()),
                Figures.of(bytes.getAverage()),
                Figures.of(statistics(alike, Costs::gcCount).getSum()),
                Figures.of(statistics(alike, Costs::gcMillis).getSum())));
      }
    }
    if (!table.isEmpty()) {
      table.addFirst(
          List.of("case", "durability", "system", "bytes allocated/op", "collections", "their ms"));
    }
    return table;
  }

  private Optional<Chart> disk(
      List<Fork> forks, String title, String reading, ToDoubleFunction<Costs> figure) {
    List<Bars.Bar> bars = new ArrayList<>();
    for (List<Fork> alike : Charts.groups(forks, CostCharts::system)) {
      DoubleSummaryStatistics found = statistics(alike, figure);
      if (found.getCount() > 0) {
        Row row = alike.getFirst().rows().getFirst();
        bars.add(
            new Bars.Bar(
                row.contestant().name(),
                Charts.mark(row),
                found.getAverage(),
                found.getMin(),
                found.getMax()));
      }
    }
    bars.sort(Comparator.comparingDouble(Bars.Bar::value));
    Optional<Bars.Across> payload = Optional.of(new Bars.Across("payload", 1));
    return bars.isEmpty()
        ? Optional.empty()
        : Optional.of(Bars.of(frame(forks.getFirst(), title, reading), bars, payload, ""));
  }

  private Frame frame(Fork fork, String words, String reading) {
    Row row = fork.rows().getFirst();
    String params = Params.words(Params.without(row.params(), Params.FIGURE));
    String title =
        "%s, %s%s".formatted(row.question(), params.isEmpty() ? "" : params + ", ", words);
    return new Frame(
        names.of("%s %s %s".formatted(title, row.level(), row.medium())),
        title,
        "",
        reading + "; line: least and most of all forks",
        setting.source(row.level().name(), row.medium()),
        DATA);
  }

  private static DoubleSummaryStatistics statistics(
      List<Fork> forks, ToDoubleFunction<Costs> figure) {
    return forks.stream()
        .map(Fork::costs)
        .mapToDouble(figure)
        .filter(value -> Double.isFinite(value) && value >= 0)
        .summaryStatistics();
  }

  private static Object situation(Fork fork) {
    Row row = fork.rows().getFirst();
    return List.of(Params.without(row.params(), Params.FIGURE), row.level(), row.medium());
  }

  private static String system(Fork fork) {
    return fork.rows().getFirst().contestant().name();
  }
}
