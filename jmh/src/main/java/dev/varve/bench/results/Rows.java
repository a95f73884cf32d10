package dev.varve.bench.results;

import dev.varve.bench.questions.Case;
import dev.varve.bench.questions.Contestant;
import dev.varve.bench.questions.Question;
import dev.varve.bench.questions.Shape;
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
  private static final String NO_FILES = "memory";

  private Rows() {}

  /**
   * The rows of one contestant in one case: its score, or the counters that the case names. A score
   * is the time of all iterations for each of their operations; of shots it is the median.
   *
   * @param fileSystem what files are on
   */
  public static List<Row> of(
      Question question,
      Case measured,
      Contestant contestant,
      String fileSystem,
      Collection<RunResult> results) {
    Row unscored =
        new Row(
            question.name(),
            measured.label(),
            measured.scratchBytes() > 0 ? fileSystem : NO_FILES,
            measured.level(),
            contestant,
            Score.NONE);
    List<Row> rows = new ArrayList<>();
    if (measured.counters().isEmpty()) {
      List<Double> scores = new ArrayList<>();
      List<Double> operations = new ArrayList<>();
      forEachIteration(
          results,
          iteration -> {
            scores.add(iteration.getPrimaryResult().getScore());
            operations.add(Operations.of(iteration));
          });
      String unit = results.iterator().next().getPrimaryResult().getScoreUnit();
      rows.add(
          unscored.scored(
              measured.shape() == Shape.SHOTS
                  ? Score.median(scores, unit)
                  : Score.total(scores, operations, unit)));
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
      String figure = UNIT.matcher(counter).replaceFirst("");
      rows.add(unscored.figure(figure).scored(score(counter, values)));
    }
    return rows;
  }

  private static Score score(String counter, List<Double> values) {
    if (counter.endsWith("PerSecond")) {
      return Score.mean(values, "ops/s");
    }
    return counter.endsWith("Percent") ? Score.mean(values, "%") : Score.largest(values, "us/op");
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
