package dev.varve.bench.report;

import dev.varve.bench.results.Comparison;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.Score;
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
          "system",
          "score",
          "95 % interval",
          "as fast as the best peer",
          "time of the limit");

  private final List<Row> rows;
  private final Comparison comparison;
  private final Map<String, Integer> notes = new LinkedHashMap<>();

  private Table(List<Row> rows) {
    this.rows = rows;
    this.comparison = new Comparison(rows);
  }

  /** A table for each durability and medium as text, with notes and errors below them. */
  public static String of(List<Row> rows) {
    return new Table(rows).text();
  }

  private String text() {
    Map<String, List<List<String>>> tables = new LinkedHashMap<>();
    for (Row row : rows) {
      tables.computeIfAbsent(title(row), _ -> new ArrayList<>(List.of(HEAD))).add(cells(row));
    }
    StringBuilder text = new StringBuilder();
    tables.forEach(
        (title, lines) -> text.append(title).append('\n').append(Columns.of(lines)).append('\n'));
    notes.forEach((note, number) -> text.append("[%d] %s\n".formatted(number, note)));
    comparison.fasterThanTheirLimit().forEach(row -> text.append(error(row)));
    return text.toString();
  }

  private static String title(Row row) {
    return "Durability %s, medium %s".formatted(row.level(), row.medium());
  }

  private List<String> cells(Row row) {
    Score score = row.score();
    boolean ours = row.contestant().kind() == Kind.OURS;
    return List.of(
        row.question(),
        row.params(),
        row.contestant().name() + mark(row.contestant().note()),
        figure(score.value()) + " " + score.unit(),
        Double.isNaN(score.low()) ? "" : figure(score.low()) + " .. " + figure(score.high()),
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
