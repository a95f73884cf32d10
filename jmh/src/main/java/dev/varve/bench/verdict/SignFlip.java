package dev.varve.bench.verdict;

import java.util.Arrays;
import java.util.SplittableRandom;

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
 * <p>Up to 16 values all subsets are enumerated; beyond, a seeded sample of them stands for all,
 * which keeps the test valid because the measured signs count as one of the sample (Dwass 1957).
 */
final class SignFlip {
  /** Up to so many values the test is exact. */
  static final int EXACT_VALUES = 16;

  private static final int SAMPLE = 1 << EXACT_VALUES;
  private static final long SEED = 20260102;

  private final double[] sums;
  private final int[] sizes;

  private SignFlip(double[] sums, int[] sizes) {
    this.sums = sums;
    this.sizes = sizes;
  }

  /** Prepares the test for at least one finite value. */
  static SignFlip of(double[] values) {
    return values.length <= EXACT_VALUES ? enumerated(values) : sampled(values);
  }

  /** The smallest p value that so many values can reach. */
  static double smallestP(int values) {
    return 2.0 / flips(values);
  }

  private static int flips(int values) {
    return 1 << Math.min(values, EXACT_VALUES);
  }

  private static SignFlip enumerated(double[] values) {
    double[] sums = new double[flips(values.length)];
    int[] sizes = new int[sums.length];
    for (int subset = 1; subset < sums.length; subset++) {
      int rest = subset & (subset - 1);
      sums[subset] = sums[rest] + values[Integer.numberOfTrailingZeros(subset)];
      sizes[subset] = sizes[rest] + 1;
    }
    return new SignFlip(sums, sizes);
  }

  private static SignFlip sampled(double[] values) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] sums = new double[SAMPLE];
    int[] sizes = new int[SAMPLE];
    for (int subset = 1; subset < SAMPLE; subset++) {
      long bits = 0;
      for (int i = 0; i < values.length; i++) {
        bits = i % Long.SIZE == 0 ? random.nextLong() : bits >>> 1;
        int chosen = (int) (bits & 1);
        sums[subset] += chosen * values[i];
        sizes[subset] += chosen;
      }
    }
    return new SignFlip(sums, sizes);
  }

  /** The two-sided p value of "the values lie symmetrically around zero". */
  double p() {
    int below = 0;
    int above = 0;
    for (double sum : sums) {
      below += sum <= 0 ? 1 : 0;
      above += sum >= 0 ? 1 : 0;
    }
    return Math.min(1, 2.0 * Math.min(below, above) / sums.length);
  }

  /**
   * The values around which the measured ones may lie: all that the test does not reject at this
   * level. Where the level is out of reach, the widest interval there is, with its confidence.
   */
  Interval interval(double level) {
    int rank = Math.max(1, (int) Math.floor(level * sums.length / 2));
    double[] means = means();
    return new Interval(means[rank - 1], means[means.length - rank], 1 - 2.0 * rank / sums.length);
  }

  /** The means of all subsets in ascending order; subsets that are empty can bound nothing. */
  private double[] means() {
    double[] means = new double[sums.length];
    int count = 0;
    for (int subset = 0; subset < sums.length; subset++) {
      if (sizes[subset] > 0) {
        means[count++] = sums[subset] / sizes[subset];
      }
    }
    double[] sorted = Arrays.copyOf(means, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
