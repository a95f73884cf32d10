package dev.varve.bench.report;

import dev.varve.bench.systems.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table that a run prints: one line for each row, ratios at the rows that are ours. */
public final class Table {
  private static final List<String> HEAD =
      List.of(
          "question",
          "parameters",
          "durability",
          "system",
          "score",
          "95 % interval",
          "as fast as the best peer",
          "time of the limit");

  private final List<Row> rows;
  private final Comparison comparison;
  private final String medium;
  private final Map<String, Integer> notes = new LinkedHashMap<>();

  private Table(List<Row> rows, String medium) {
    this.rows = rows;
    this.comparison = new Comparison(rows);
    this.medium = medium;
  }

  /**
   * The table as text, with notes and errors below it.
   *
   * @param medium where files were, such as {@code ext4}
   */
  public static String of(List<Row> rows, String medium) {
    return new Table(rows, medium).text();
  }

  private String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    rows.forEach(row -> lines.add(cells(row)));
    StringBuilder text = new StringBuilder(Columns.of(lines));
    notes.forEach((note, number) -> text.append("[%d] %s\n".formatted(number, note)));
    comparison.fasterThanTheirLimit().forEach(row -> text.append(error(row)));
    return text.toString();
  }

  private List<String> cells(Row row) {
    Score score = row.score();
    boolean ours = row.contestant().kind() == Kind.OURS;
    return List.of(
        row.question(),
        row.params(),
        row.level() + " on " + medium,
        row.contestant().name() + mark(row.contestant().note()),
        figure(score.value()) + " " + score.unit(),
        figure(score.low()) + " .. " + figure(score.high()),
        ours ? toBestPeer(row) : "",
        ours ? toLimit(row) : "");
  }

  private String mark(String note) {
    if (note.isEmpty()) {
      return "";
    }
    Integer number = notes.computeIfAbsent(note, _ -> notes.size() + 1);
    return " [" + number + "]";
  }

  private String toBestPeer(Row row) {
    String best = comparison.bestPeer(row).map(peer -> ratio(row, peer)).orElse("");
    String oneByOne = comparison.bestPeerOneByOne(row).map(peer -> ratio(row, peer)).orElse("");
    return best.equals(oneByOne) || oneByOne.isEmpty() ? best : best + ", one by one " + oneByOne;
  }

  private static String ratio(Row row, Row peer) {
    return String.format(
        Locale.ROOT, "%.2fx %s", row.score().timesAsFastAs(peer.score()), peer.contestant().name());
  }

  private String toLimit(Row row) {
    return comparison
        .limit(row)
        .map(limit -> String.format(Locale.ROOT, "%.2fx", limit.score().timesAsFastAs(row.score())))
        .orElse("");
  }

  private String error(Row row) {
    return "ERROR in the limit of %s %s: %s is faster than it, find out why\n"
        .formatted(row.question(), row.params(), row.contestant().name());
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.2f" : "%.0f", value);
  }
}
