package dev.varve.bench.report;

import dev.varve.bench.questions.Case;
import dev.varve.bench.questions.Contestant;
import dev.varve.bench.questions.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Turns what JMH measured into rows. */
public final class Rows {
  private static final Pattern UNIT = Pattern.compile("(Micros|PerSecond|Percent)$");

  private Rows() {}

  /** The rows of one contestant in one case: its score, or the counters that the case names. */
  public static List<Row> of(
      Question question, Case measured, Contestant contestant, Collection<RunResult> results) {
    List<Row> rows = new ArrayList<>();
    if (measured.counters().isEmpty()) {
      List<Double> scores = new ArrayList<>();
      forEachIteration(results, iteration -> scores.add(iteration.getPrimaryResult().getScore()));
      String unit = results.iterator().next().getPrimaryResult().getScoreUnit();
      rows.add(row(question, measured, measured.label(), contestant, Score.mean(scores, unit)));
    }
    for (String counter : measured.counters()) {
      List<Double> values = new ArrayList<>();
      forEachIteration(
          results,
          iteration -> {
            Result<?> result = iteration.getSecondaryResults().get(counter);
            if (result != null) {
              values.add(result.getScore());
            }
          });
      String label = measured.label() + ";figure=" + UNIT.matcher(counter).replaceFirst("");
      rows.add(row(question, measured, label, contestant, score(counter, values)));
    }
    return rows;
  }

  private static Score score(String counter, List<Double> values) {
    if (counter.endsWith("PerSecond")) {
      return Score.mean(values, "ops/s");
    }
    return counter.endsWith("Percent") ? Score.mean(values, "%") : Score.largest(values, "us/op");
  }

  private static Row row(
      Question question, Case measured, String label, Contestant contestant, Score score) {
    return new Row(question.name(), label, measured.level(), contestant, score);
  }

  private static void forEachIteration(
      Collection<RunResult> results, java.util.function.Consumer<IterationResult> consumer) {
    for (RunResult run : results) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        fork.getIterationResults().forEach(consumer);
      }
    }
  }
}
