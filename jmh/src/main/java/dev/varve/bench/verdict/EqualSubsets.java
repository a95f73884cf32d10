package dev.varve.bench.verdict;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The sums of all subsets of two groups of values, by size, without writing pairs down: a subset of
 * each group, both of the same size, is what a permutation swaps between the groups. Counting
 * passes over both once.
 */
final class EqualSubsets {
  /** Sums that are equal on paper differ by less than this share of what they add up. */
  private static final double ROUNDING = 1e-14;

  private final double[][] before;
  private final double[][] after;
  private final double rounding;

  EqualSubsets(double[] before, double[] after) {
    double all =
        DoubleStream.concat(Arrays.stream(before), Arrays.stream(after)).map(Math::abs).sum();
    this.rounding = ROUNDING * all;
    this.before = sums(before);
    this.after = sums(after);
  }

  /**
   * How many swaps take from the second group at least as much as they give it, when every value of
   * the second is less by the shift; swapping nothing is one of them.
   */
  long notRaising(double shift) {
    long count = 0;
    for (int size = 0; size < Math.min(before.length, after.length); size++) {
      count += notLess(after[size], before[size], size * shift - rounding);
    }
    return count;
  }

  /** How many give it at least as much as they take. */
  long notLowering(double shift) {
    long count = 0;
    for (int size = 0; size < Math.min(before.length, after.length); size++) {
      count += notLess(before[size], after[size], -size * shift - rounding);
    }
    return count;
  }

  /** How many pairs have the first at least the second and the bound; both ascend. */
  private static long notLess(double[] firsts, double[] seconds, double bound) {
    long count = 0;
    int fitting = 0;
    for (double first : firsts) {
      while (fitting < seconds.length && seconds[fitting] + bound <= first) {
        fitting++;
      }
      count += fitting;
    }
    return count;
  }

  /** Ascending sums of the subsets of each size. */
  private static double[][] sums(double[] values) {
    double[][] sums = {{0}};
    for (double value : values) {
      double[][] more = new double[sums.length + 1][];
      for (int size = 0; size < more.length; size++) {
        double[] without = size < sums.length ? sums[size] : new double[0];
        double[] with = size > 0 ? sums[size - 1] : new double[0];
        more[size] = merged(without, with, value);
      }
      sums = more;
    }
    return sums;
  }

  /** Ascending sums, and others with one value more, as one. */
  private static double[] merged(double[] without, double[] with, double value) {
    double[] merged = new double[without.length + with.length];
    int i = 0;
    int j = 0;
    for (int k = 0; k < merged.length; k++) {
      boolean more = i == without.length || (j < with.length && with[j] + value < without[i]);
      merged[k] = more ? with[j++] + value : without[i++];
    }
    return merged;
  }
}
