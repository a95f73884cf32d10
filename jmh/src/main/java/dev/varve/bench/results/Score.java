package dev.varve.bench.results;

import java.util.List;
import org.openjdk.jmh.util.ListStatistics;

/**
 * A measured figure with its interval.
 *
 * @param value the mean, or the worst for figures that are maxima
 * @param low lower end of the interval; NaN where there are too few values for one
 * @param high upper end of the interval
 * @param unit JMH's unit, such as {@code ns/op} or {@code ops/s}
 */
public record Score(double value, double low, double high, String unit) {
  /** Nothing was measured yet. */
  static final Score NONE = new Score(Double.NaN, Double.NaN, Double.NaN, "");

  private static final int LEAST_FOR_AN_INTERVAL = 3;
  private static final double CONFIDENCE = 0.95;

  /** The mean of iterations with its 95 % confidence interval (Student's t). */
  public static Score mean(List<Double> iterations, String unit) {
    ListStatistics statistics = statistics(iterations);
    double mean = statistics.getMean();
    if (iterations.size() < LEAST_FOR_AN_INTERVAL) {
      return new Score(mean, Double.NaN, Double.NaN, unit);
    }
    double[] interval = statistics.getConfidenceIntervalAt(CONFIDENCE);
    // Times and rates are positive, whatever a normal distribution would allow.
    return new Score(mean, Math.max(0, interval[0]), interval[1], unit);
  }

  /** The largest of all iterations; the interval reaches from the smallest to it. */
  public static Score largest(List<Double> iterations, String unit) {
    ListStatistics statistics = statistics(iterations);
    return new Score(statistics.getMax(), statistics.getMin(), statistics.getMax(), unit);
  }

  /** The geometric mean of scores of one unit, without an interval. */
  static Score geometricMean(List<Score> scores) {
    double log =
        scores.stream().mapToDouble(score -> StrictMath.log(score.value)).average().orElseThrow();
    return new Score(StrictMath.exp(log), Double.NaN, Double.NaN, scores.getFirst().unit);
  }

  /** How many times as fast this is as another: above one means faster. */
  public double timesAsFastAs(Score other) {
    return moreIsBetter() ? value / other.value : other.value / value;
  }

  /** A rate as it is, and for a time how often it fits into one of its unit. */
  public double speed() {
    return moreIsBetter() ? value : 1 / value;
  }

  /** Whether this is faster than another by more than both intervals explain. */
  public boolean clearlyFasterThan(Score other) {
    return moreIsBetter() ? low > other.high : high < other.low;
  }

  private boolean moreIsBetter() {
    return unit.startsWith("ops/");
  }

  private static ListStatistics statistics(List<Double> iterations) {
    return new ListStatistics(iterations.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
