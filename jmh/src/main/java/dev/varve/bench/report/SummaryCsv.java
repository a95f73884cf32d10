package dev.varve.bench.report;

import java.util.List;
import java.util.Locale;

/** The summary: a line for each row, fields without quotes because none contains a comma. */
public final class SummaryCsv {
  /** The first line, on which readers of results rely. */
  public static final String HEADER = "question,params,durability,system,kind,score,low,high,unit";

  private SummaryCsv() {}

  /** The whole file. */
  public static String of(List<Row> rows) {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (Row row : rows) {
      csv.append(line(row)).append('\n');
    }
    return csv.toString();
  }

  private static String line(Row row) {
    Score score = row.score();
    return String.join(
        ",",
        row.question(),
        row.params(),
        row.level().name(),
        row.contestant().name(),
        row.contestant().kind().label(),
        figure(score.value()),
        figure(score.low()),
        figure(score.high()),
        score.unit());
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
