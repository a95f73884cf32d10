package dev.varve.bench.verdict;

import java.util.Arrays;

/**
 * The permutation test of Fisher and Pitman for two groups of values that are not paired, and the
 * interval that it implies.
 *
 * <p>If nothing but chance decides in which of two runs a value turned up, every way to deal all
 * values to both runs is as likely. The p value is the share of all ways whose difference of means
 * is at least as far on one side as what was measured, times two. Dealing anew swaps a subset of
 * one run with one of the same size of the other, and lets the difference pass a value just when
 * the difference of the means of both subsets is on the other side of it; so the ends of the
 * interval are order statistics of these, and the test rejects a value exactly when the interval
 * excludes it.
 *
 * <p>All ways count, none is sampled: 538 thousand million for twice 21 values. {@link
 * EqualSubsets} keeps that cheap.
 */
final class TwoRuns {
  /** The most values of one run. */
  static final int MOST_VALUES = SignFlip.MOST_VALUES;

  /** Halvings of a range of doubles until what is left is beyond any figure that is shown. */
  private static final int HALVINGS = 40;

  private final double[] before;
  private final double[] after;
  private final EqualSubsets swaps;
  private final double ways;

  private TwoRuns(double[] before, double[] after) {
    this.before = before;
    this.after = after;
    this.swaps = new EqualSubsets(before, after);
    this.ways = ways(before.length, after.length);
  }

  /** Prepares the test for two groups of one to 24 finite values each. */
  static TwoRuns of(double[] before, double[] after) {
    for (double[] values : new double[][] {before, after}) {
      if (values.length == 0 || values.length > MOST_VALUES) {
        throw new IllegalArgumentException(
            "1 to %d values, not %d".formatted(MOST_VALUES, values.length));
      }
    }
    return new TwoRuns(before.clone(), after.clone());
  }

  /** The smallest p value that so many values can reach. */
  static double smallestP(int before, int after) {
    return Math.min(1, 2 / ways(before, after));
  }

  /** In how many ways all values can be dealt to groups of these sizes. */
  private static double ways(int before, int after) {
    double ways = 1;
    for (int i = 1; i <= after; i++) {
      ways = ways * (before + i) / i;
    }
    return ways;
  }

  /** How much more the mean of the second group is. */
  double difference() {
    return mean(after) - mean(before);
  }

  /** The two-sided p value of "both groups have the same distribution". */
  double p() {
    return Math.min(1, 2 * Math.min(swaps.notRaising(0), swaps.notLowering(0)) / ways);
  }

  /**
   * By how much the second group may lie above the first: all that the test does not reject at this
   * level. Where the level is out of reach, the widest interval there is, with its confidence.
   */
  Interval interval(double level) {
    double rank = Math.max(1, Math.floor(level * ways / 2));
    return new Interval(low(rank), high(rank), Math.max(0, 1 - 2 * rank / ways));
  }

  /** The smallest shift that more ways than the rank do not contradict. */
  private double low(double rank) {
    double out = min(after) - max(before);
    double in = difference();
    if (swaps.notLowering(out) > rank) {
      return out;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = in + (out - in) / 2;
      if (swaps.notLowering(middle) > rank) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return in;
  }

  /** The largest shift that more ways than the rank do not contradict. */
  private double high(double rank) {
    double out = max(after) - min(before);
    double in = difference();
    if (swaps.notRaising(out) > rank) {
      return out;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = in + (out - in) / 2;
      if (swaps.notRaising(middle) > rank) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return in;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }
}
