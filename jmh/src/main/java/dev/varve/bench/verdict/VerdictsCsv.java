package dev.varve.bench.verdict;

import dev.varve.bench.results.BrokenResult;
import dev.varve.bench.results.Csv;
import dev.varve.bench.results.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The verdicts as a file: a line for each comparison. */
public final class VerdictsCsv {
  /** Name of the file in the folder of a run. */
  public static final String FILE = "verdicts.csv";

  /** The first line, on which readers of results rely. */
  public static final String HEADER =
      "question,params,medium,durability,ours,other,role,rounds,detectable,ratio,low,high,confidence,"
          + "p,level,verdict,reason";

  private static final int DECIMALS = 6;
  private static final String CONTROL = "control";
  private static final int MOST_ROUNDS = 999;

  private VerdictsCsv() {}

  /** The whole file. */
  public static String of(List<Judged> comparisons) {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    comparisons.forEach(judged -> csv.append(line(judged)));
    return csv.toString();
  }

  private static String line(Judged judged) {
    Pair pair = judged.pair();
    return Csv.line(
        Stream.of(
            pair.question(),
            pair.params(),
            pair.medium(),
            pair.durability(),
            pair.ours(),
            pair.other(),
            pair.control() ? CONTROL : "comparison",
            Integer.toString(pair.ratios().size()),
            figure(judged.detectable()),
            figure(judged.ratio()),
            figure(judged.interval().low()),
            figure(judged.interval().high()),
            figure(judged.interval().confidence()),
            figure(judged.p()),
            figure(judged.level()),
            judged.verdict().word(),
            judged.reason()));
  }

  private static String figure(double value) {
    return Csv.figure(value, DECIMALS);
  }

  /**
   * Reads the verdicts of a run; none where it has none. The ratios of the rounds are in another
   * file: what is read has as many, and they are not known.
   */
  public static List<Judged> read(RunFolder run) throws IOException {
    List<Judged> comparisons = new ArrayList<>();
    for (Csv line : Csv.read(run.path().resolve(FILE))) {
      comparisons.add(
          new Judged(
              pair(line, run.environment().fileSystem()),
              line.number("detectable"),
              line.number("ratio"),
              new Interval(line.number("low"), line.number("high"), line.number("confidence")),
              line.number("p"),
              line.number("level"),
              Verdict.of(line.text("verdict"))
                  .orElseThrow(() -> line.broken("there is no such verdict")),
              line.text("reason")));
    }
    return comparisons;
  }

  private static Pair pair(Csv line, String medium) throws BrokenResult {
    int rounds = line.count("rounds");
    if (rounds > MOST_ROUNDS) {
      throw line.broken("no run has %d rounds".formatted(rounds));
    }
    return new Pair(
        line.text("question"),
        line.text("params"),
        line.text("medium", medium),
        line.text("durability"),
        line.text("ours"),
        line.text("other"),
        line.text("role").equals(CONTROL),
        Collections.nCopies(rounds, Double.NaN));
  }
}
