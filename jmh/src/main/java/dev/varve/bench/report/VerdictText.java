package dev.varve.bench.report;

import dev.varve.bench.verdict.Family;
import dev.varve.bench.verdict.Interval;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.Pair;
import dev.varve.bench.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The verdicts as text below the table of a run. */
public final class VerdictText {
  private static final List<String> HEAD =
      List.of(
          "question",
          "parameters",
          "durability",
          "compared",
          "smallest detectable",
          "times as fast",
          "interval",
          "verdict");

  private VerdictText() {}

  /** What can be said about each comparison, the smallest detectable change first. */
  public static String of(List<Judged> comparisons) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    comparisons.forEach(judged -> lines.add(cells(judged)));
    return promise(comparisons.stream().map(Judged::verdict)) + Columns.of(lines);
  }

  /** What is promised about verdicts that were reached together. */
  static String promise(Stream<Verdict> reached) {
    long verdicts = reached.filter(verdict -> verdict != Verdict.NONE).count();
    return verdicts == 0
        ? "No verdicts.\n"
        : "%d verdicts; the chance that one or more are false is %.0f %% at most.\n"
            .formatted(verdicts, 100 * Family.FALSE_VERDICTS);
  }

  private static List<String> cells(Judged judged) {
    Pair pair = judged.pair();
    return List.of(
        pair.question(),
        pair.params(),
        pair.durability() + " on " + pair.medium(),
        pair.ours() + " : " + pair.other(),
        Double.isNaN(judged.detectable()) ? "" : figure("%.1f %%", 100 * judged.detectable()),
        figure("%.3f", judged.ratio()),
        interval(judged.interval()),
        judged.verdict().word() + (judged.reason().isEmpty() ? "" : ": " + judged.reason()));
  }

  private static String interval(Interval interval) {
    return Double.isNaN(interval.low())
        ? ""
        : figure("%.3f", interval.low())
            + figure(" .. %.3f", interval.high())
            + figure(" (%.2f %%)", 100 * interval.confidence());
  }

  private static String figure(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
