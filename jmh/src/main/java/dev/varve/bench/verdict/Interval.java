package dev.varve.bench.verdict;

/**
 * A confidence interval, both ends included.
 *
 * @param low lower end
 * @param high upper end
 * @param confidence how often such an interval covers the truth, from 0 to 1
 */
public record Interval(double low, double high, double confidence) {
  /** Whether a value lies inside. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** The larger of the distances of both ends from zero. */
  public double reach() {
    return Math.max(Math.abs(low), Math.abs(high));
  }

  /** The interval of ratios for one of logarithms. */
  Interval exp() {
    return new Interval(StrictMath.exp(low), StrictMath.exp(high), confidence);
  }
}
