package dev.varve.bench.verdict;

import java.util.List;
import java.util.Locale;

/** The verdicts as a file: a line for each comparison, fields without quotes or commas. */
public final class VerdictsCsv {
  /** The first line, on which readers of results rely. */
  public static final String HEADER =
      "question,params,durability,ours,other,role,rounds,detectable,ratio,low,high,confidence,p,level,"
          + "verdict,reason";

  private VerdictsCsv() {}

  /** The whole file. */
  public static String of(List<Judged> comparisons) {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    comparisons.forEach(judged -> csv.append(line(judged)).append('\n'));
    return csv.toString();
  }

  private static String line(Judged judged) {
    Pair pair = judged.pair();
    return String.join(
        ",",
        pair.question(),
        pair.params(),
        pair.durability(),
        pair.ours(),
        pair.other(),
        pair.control() ? "control" : "comparison",
        Integer.toString(pair.ratios().size()),
        figure(judged.detectable()),
        figure(judged.ratio()),
        figure(judged.interval().low()),
        figure(judged.interval().high()),
        figure(judged.interval().confidence()),
        figure(judged.p()),
        figure(judged.level()),
        judged.verdict().word(),
        judged.reason().replace(',', ';'));
  }

  private static String figure(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
  }
}
