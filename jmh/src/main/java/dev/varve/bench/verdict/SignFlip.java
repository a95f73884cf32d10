package dev.varve.bench.verdict;

import java.util.Arrays;

/**
 * The paired sign-flip permutation test of Fisher and Pitman, and the interval that it implies.
 *
 * <p>If nothing but chance decides which of two systems is ahead in a round, every sign of a log
 * ratio may as well be the other one. The p value is the share of all flips whose mean is at least
 * as far on one side as what was measured, times two. Flipping a subset of signs lets the mean pass
 * a value just when the mean of that subset is on the other side of it, so the ends of the interval
 * are order statistics of the means of all subsets (Hartigan 1969), and the test rejects a value
 * exactly when the interval excludes it.
 *
 * <p>All flips count, none is sampled; {@link SubsetSums} keeps that cheap.
 */
final class SignFlip {
  /** The most values that it takes, which is 16.8 million flips. */
  static final int MOST_VALUES = 24;

  /** Halvings of a range of doubles until nothing is left to halve. */
  private static final int HALVINGS = 60;

  /** Sums that are equal on paper differ by less than this share of what they add up. */
  private static final double ROUNDING = 1e-14;

  private final double[] values;
  private final double flips;

  private SignFlip(double[] values) {
    this.values = values;
    this.flips = flips(values.length);
  }

  /** Prepares the test for one to 24 finite values. */
  static SignFlip of(double[] values) {
    if (values.length == 0 || values.length > MOST_VALUES) {
      throw new IllegalArgumentException(
          "1 to %d values, not %d".formatted(MOST_VALUES, values.length));
    }
    return new SignFlip(values.clone());
  }

  /** The smallest p value that so many values can reach. */
  static double smallestP(int values) {
    return 2 / flips(values);
  }

  private static double flips(int values) {
    return 1L << values;
  }

  /** The two-sided p value of "the values lie symmetrically around zero". */
  double p() {
    SubsetSums sums = new SubsetSums(values, 0);
    double rounding = rounding(values);
    double atMost = sums.atMost(rounding);
    double atLeast = flips - sums.atMost(Math.nextDown(-rounding));
    return Math.min(1, 2 * Math.min(atMost, atLeast) / flips);
  }

  /**
   * The values around which the measured ones may lie: all that the test does not reject at this
   * level. Where the level is out of reach, the widest interval there is, with its confidence.
   */
  Interval interval(double level) {
    double rank = Math.max(1, Math.floor(level * flips / 2));
    return new Interval(end(values, rank), -end(mirrored(), rank), 1 - 2 * rank / flips);
  }

  private double[] mirrored() {
    return Arrays.stream(values).map(value -> -value).toArray();
  }

  /** The mean of a subset that has this rank among all, from 1 on; the empty one has none. */
  private static double end(double[] values, double rank) {
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    if (below(values, low) > rank) {
      return low;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = low + (high - low) / 2;
      if (below(values, middle) > rank) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /** How many subsets have a mean of the center or less; the empty one is among them. */
  private static double below(double[] values, double center) {
    return new SubsetSums(values, center).atMost(rounding(values));
  }

  private static double rounding(double[] values) {
    return ROUNDING * Arrays.stream(values).map(Math::abs).sum();
  }
}
