package dev.varve.bench.results;

import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The summary of a run and its costs as one file: a line for each row, for other tools. */
public final class FlatCsv {
  /** The first line. */
  public static final String HEADER =
      ResultCsv.SUMMARY_HEADER
          + ",forks,allocatedBytesPerOp,gcCount,gcMillis,payloadBytes,heldBytes,diskBytes,"
          + "writtenBytes";

  private static final int DECIMALS = 3;
  private static final List<ToDoubleFunction<Costs>> FIGURES =
      List.of(
          Costs::allocatedBytesPerOp,
          Costs::gcCount,
          Costs::gcMillis,
          costs -> costs.disk().payloadBytes(),
          costs -> costs.disk().heldBytes(),
          costs -> costs.disk().diskBytes(),
          costs -> costs.disk().writtenBytes());

  private FlatCsv() {}

  /**
   * The whole file. Costs are means over the forks that know them; the number of forks is empty for
   * runs from before there were rounds.
   */
  public static String of(RunFolder run) throws IOException {
    List<Fork> forks = run.forks();
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (Row row : run.rows()) {
      List<Costs> costs = forks.stream().filter(fork -> fork.has(row)).map(Fork::costs).toList();
      String summary = ResultCsv.summaryLine(row).stripTrailing();
      Stream<String> means = FIGURES.stream().map(figure -> mean(costs, figure));
      String number = costs.isEmpty() ? "" : Integer.toString(costs.size());
      csv.append(summary).append(',').append(Csv.line(Stream.concat(Stream.of(number), means)));
    }
    return csv.toString();
  }

  private static String mean(List<Costs> costs, ToDoubleFunction<Costs> figure) {
    double mean =
        costs.stream()
            .mapToDouble(figure)
            .filter(value -> !Double.isNaN(value))
            .average()
            .orElse(Double.NaN);
    return Csv.figure(mean, DECIMALS);
  }
}
