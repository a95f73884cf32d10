package dev.varve.bench.report;

import dev.varve.bench.chart.Chart;
import dev.varve.bench.chart.Forest;
import dev.varve.bench.chart.Frame;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.Pair;
import dev.varve.bench.verdict.VerdictsCsv;
import java.util.ArrayList;
import java.util.List;

/** A forest plot of the verdicts for each durability and medium. */
final class VerdictCharts {
  private static final String READING =
      "times as fast as; mark: mean of the rounds, line: its interval, shaded: changes too small to"
          + " be detected";

  private final Setting setting;
  private final Names names;

  VerdictCharts(Setting setting, Names names) {
    this.setting = setting;
    this.names = names;
  }

  List<Chart> of(List<Judged> comparisons) {
    List<Chart> charts = new ArrayList<>();
    for (List<Judged> alike : Charts.groups(comparisons, VerdictCharts::level)) {
      Pair first = alike.getFirst().pair();
      Frame frame =
          new Frame(
              names.of("verdicts %s %s".formatted(first.durability(), first.medium())),
              "How many times as fast, durability " + first.durability(),
              VerdictText.promise(comparisons.stream().map(Judged::verdict)),
              READING,
              setting.source(first.durability(), first.medium()),
              VerdictsCsv.FILE);
      charts.add(Forest.of(frame, alike.stream().map(VerdictCharts::ratio).toList()));
    }
    return charts;
  }

  private static Object level(Judged judged) {
    return List.of(judged.pair().durability(), judged.pair().medium());
  }

  private static Forest.Ratio ratio(Judged judged) {
    Pair pair = judged.pair();
    String words = Params.words(pair.params());
    return new Forest.Ratio(
        pair.ours() + " in " + pair.question() + (words.isEmpty() ? "" : ", " + words),
        pair.control() ? pair.other() + " (A/A)" : pair.other(),
        judged.ratio(),
        judged.interval().low(),
        judged.interval().high(),
        judged.detectable(),
        outcome(judged),
        judged.verdict().word(),
        judged.reason());
  }

  private static Forest.Outcome outcome(Judged judged) {
    return switch (judged.verdict()) {
      case FASTER -> Forest.Outcome.FASTER;
      case SLOWER -> Forest.Outcome.SLOWER;
      case CANNOT_TELL, NONE -> Forest.Outcome.OPEN;
    };
  }
}
