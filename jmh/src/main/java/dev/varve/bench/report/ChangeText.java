package dev.varve.bench.report;

import dev.varve.bench.verdict.Change;
import dev.varve.bench.verdict.Interval;
import dev.varve.bench.verdict.RunPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What changed from one run to another as text. */
public final class ChangeText {
  private static final List<String> HEAD =
      List.of(
          "question",
          "parameters",
          "compared",
          "rounds",
          "times as fast",
          "change",
          "interval",
          "verdict",
          "the reference itself");

  private static final String LIMITS =
      """
      Ours is compared by its reference, which was measured in the same rounds. What this cannot see: a
      change of the reference itself, which would look like the opposite change of ours, and whatever drifts
      between two runs and hits both unequally. The last column, how the reference's own speed differs, is no
      comparison: load, clock and temperature of hours are in it.
      """;

  private ChangeText() {}

  /** A line for each comparison, and what they do not show. */
  public static String of(List<Change> changes) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    changes.forEach(change -> lines.add(cells(change)));
    return VerdictText.promise(changes.stream().map(Change::verdict))
        + Columns.of(lines)
        + "\n"
        + LIMITS;
  }

  private static List<String> cells(Change change) {
    RunPair pair = change.pair();
    return List.of(
        pair.question(),
        pair.params(),
        pair.ours() + " : " + pair.reference(),
        "%d, %d".formatted(pair.before().size(), pair.after().size()),
        String.format(Locale.ROOT, "%.3f -> %.3f", change.before(), change.after()),
        percent(change.ratio()),
        interval(change.interval()),
        change.verdict().word() + (change.reason().isEmpty() ? "" : ": " + change.reason()),
        percent(pair.referenceChange()));
  }

  private static String interval(Interval interval) {
    return interval.confidence() == 0
        ? ""
        : "%s .. %s (%s)"
            .formatted(
                percent(interval.low()),
                percent(interval.high()),
                String.format(Locale.ROOT, "%.2f %%", 100 * interval.confidence()));
  }

  /** A quotient as a change. */
  private static String percent(double quotient) {
    return Double.isNaN(quotient)
        ? ""
        : String.format(Locale.ROOT, "%+.1f %%", 100 * (quotient - 1));
  }
}
