package dev.varve.bench.results;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.questions.Footprint;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code summary.csv}, {@code rounds.csv} and {@code costs.csv}: what runs are compared by. */
public final class ResultCsv {
  /** First line of the file with a line for each row. */
  public static final String SUMMARY_HEADER =
      "question,params,medium,durability,system,kind,score,low,high,unit";

  /** First line of the file with a line for each figure of each fork. */
  public static final String ROUNDS_HEADER = "round,place," + SUMMARY_HEADER;

  /** First line of the file with a line for each fork. */
  public static final String COSTS_HEADER =
      "round,place,question,params,medium,durability,system,kind,"
          + "allocatedBytesPerOp,gcCount,gcMillis,payloadBytes,heldBytes,diskBytes,writtenBytes";

  private static final int SUMMARY_DECIMALS = 4;
  private static final int COST_DECIMALS = 3;

  private ResultCsv() {}

  /** The rows, rounded. */
  public static String summary(List<Row> rows) {
    StringBuilder csv = new StringBuilder(SUMMARY_HEADER).append('\n');
    rows.forEach(row -> csv.append(summaryLine(row)));
    return csv.toString();
  }

  /** The line of a row, rounded. */
  static String summaryLine(Row row) {
    Score score = row.score();
    Stream<String> figures =
        Stream.of(score.value(), score.low(), score.high())
            .map(figure -> Csv.figure(figure, SUMMARY_DECIMALS));
    return Csv.line(Stream.of(who(row), figures, Stream.of(score.unit())).flatMap(s -> s));
  }

  /** The figures of the forks as they were measured, not rounded. */
  public static String rounds(List<Fork> forks) {
    StringBuilder csv = new StringBuilder(ROUNDS_HEADER).append('\n');
    for (Fork fork : forks) {
      for (Row row : fork.rows()) {
        Score score = row.score();
        Stream<String> figures =
            Stream.of(score.value(), score.low(), score.high()).map(Csv::exactly);
        csv.append(
            Csv.line(
                Stream.of(place(fork), who(row), figures, Stream.of(score.unit()))
                    .flatMap(s -> s)));
      }
    }
    return csv.toString();
  }

  /** What forks took besides time. */
  public static String costs(List<Fork> forks) {
    StringBuilder csv = new StringBuilder(COSTS_HEADER).append('\n');
    for (Fork fork : forks) {
      Costs costs = fork.costs();
      Footprint disk = costs.disk();
      Stream<String> figures =
          Stream.of(
                  costs.allocatedBytesPerOp(),
                  costs.gcCount(),
                  costs.gcMillis(),
                  disk.payloadBytes(),
                  disk.heldBytes(),
                  disk.diskBytes(),
                  disk.writtenBytes())
              .map(figure -> Csv.figure(figure, COST_DECIMALS));
      Row row = fork.rows().getFirst();
      csv.append(Csv.line(Stream.of(place(fork), who(row), figures).flatMap(s -> s)));
    }
    return csv.toString();
  }

  private static Stream<String> place(Fork fork) {
    return Stream.of(Integer.toString(fork.round()), Integer.toString(fork.place()));
  }

  private static Stream<String> who(Row row) {
    return Stream.of(
        row.question(),
        row.params(),
        row.medium(),
        row.level().name(),
        row.contestant().name(),
        row.contestant().kind().label());
  }

  /**
   * Reads a summary.
   *
   * @param medium that of files from before it was a column
   */
  static List<Row> readSummary(Path file, String medium) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Csv line : Csv.read(file)) {
      rows.add(row(line, score(line), medium));
    }
    return rows;
  }

  /** Reads the forks of a run; costs are unknown where their file is not there. */
  static List<Fork> readForks(Path rounds, Path costs, String medium) throws IOException {
    Map<List<Integer>, Costs> known = readCosts(costs);
    Map<List<Integer>, List<Row>> rows = new LinkedHashMap<>();
    for (Csv line : Csv.read(rounds)) {
      List<Row> figures = rows.computeIfAbsent(place(line), _ -> new ArrayList<>());
      Row row = row(line, score(line), medium);
      if (!figures.isEmpty() && !figures.getFirst().contestant().equals(row.contestant())) {
        throw line.broken("another system at the same place of the same round");
      }
      figures.add(row);
    }
    return rows.entrySet().stream()
        .map(
            entry ->
                new Fork(
                    entry.getKey().getFirst(),
                    entry.getKey().getLast(),
                    entry.getValue(),
                    known.getOrDefault(entry.getKey(), Costs.UNKNOWN)))
        .toList();
  }

  private static Map<List<Integer>, Costs> readCosts(Path file) throws IOException {
    Map<List<Integer>, Costs> costs = new LinkedHashMap<>();
    for (Csv line : Csv.read(file)) {
      Footprint disk =
          new Footprint(
              line.number("payloadBytes"),
              line.number("heldBytes"),
              line.number("diskBytes"),
              line.number("writtenBytes"));
      costs.put(
          place(line),
          new Costs(
              line.number("allocatedBytesPerOp"),
              line.number("gcCount"),
              line.number("gcMillis"),
              disk));
    }
    return costs;
  }

  private static List<Integer> place(Csv line) throws BrokenResult {
    return List.of(line.count("round"), line.count("place"));
  }

  private static Row row(Csv line, Score score, String medium) throws BrokenResult {
    return new Row(
        line.text("question"),
        line.text("params"),
        line.text("medium", medium),
        line.oneOf(Level.class, "durability"),
        Contestant.of(line.text("system"), line.oneOf(Kind.class, "kind")),
        score);
  }

  /** The score of a line; files of rounds from before had no interval. */
  private static Score score(Csv line) throws BrokenResult {
    boolean interval = line.has("low");
    return new Score(
        line.figure("score"),
        interval ? line.number("low") : Double.NaN,
        interval ? line.number("high") : Double.NaN,
        line.text("unit"));
  }
}
