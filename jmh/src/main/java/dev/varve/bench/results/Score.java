package dev.varve.bench.results;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.util.ListStatistics;

/**
 * A measured figure with its interval.
 *
 * @param value the average, the median of shots, or the worst for figures that are maxima
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

  /**
   * The time of all iterations for each of their operations, or the operations of all in each unit
   * of it, with the 95 % confidence interval of such a ratio (W. G. Cochran, Sampling Techniques,
   * third edition, 1977, chapter 6). Where all have as many it is the mean.
   *
   * @param iterations the score of each
   * @param operations how many each had
   */
  public static Score total(List<Double> iterations, List<Double> operations, String unit) {
    double[] weights = new double[iterations.size()];
    double weight = 0;
    double weighted = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = isRate(unit) ? operations.get(i) / iterations.get(i) : operations.get(i);
      weight += weights[i];
      weighted += weights[i] * iterations.get(i);
    }
    double ratio = weighted / weight;
    // Their mean is the ratio, and they scatter around it as its error does.
    List<Double> linear = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      double share = weights[i] * weights.length / weight;
      linear.add(ratio + share * (iterations.get(i) - ratio));
    }
    return mean(linear, unit);
  }

  /**
   * The median of iterations that are a shot each, of which some take a multiple of the others;
   * with the 95 % interval between two of them that assumes no distribution (H. A. David, H. N.
   * Nagaraja, Order Statistics, third edition, 2003, section 7.1).
   */
  public static Score median(List<Double> iterations, String unit) {
    double[] sorted = iterations.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double median = statistics(iterations).getPercentile(50);
    int outside = 0;
    // The chance that exactly so many, and that not more, lie below what they are drawn around.
    double exactly = StrictMath.pow(0.5, sorted.length);
    double upTo = exactly;
    while (2 * upTo <= 1 - CONFIDENCE) {
      outside++;
      exactly *= (sorted.length - outside + 1.0) / outside;
      upTo += exactly;
    }
    return outside == 0
        ? new Score(median, Double.NaN, Double.NaN, unit)
        : new Score(median, sorted[outside - 1], sorted[sorted.length - outside], unit);
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
    return isRate(unit);
  }

  private static boolean isRate(String unit) {
    return unit.startsWith("ops/");
  }

  private static ListStatistics statistics(List<Double> iterations) {
    return new ListStatistics(iterations.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
