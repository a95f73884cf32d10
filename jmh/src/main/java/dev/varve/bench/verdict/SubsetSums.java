package dev.varve.bench.verdict;

/**
 * The sums of all subsets of some values, the empty one included, without writing all of them down:
 * each half of the values has the sums of its subsets in ascending order, every subset is a pair of
 * them, and one pass counts pairs.
 */
final class SubsetSums {
  private final double[] left;
  private final double[] right;

  /** Sums of what is left of the values when the center is subtracted from each. */
  SubsetSums(double[] values, double center) {
    int half = values.length / 2;
    left = sums(values, 0, half, center);
    right = sums(values, half, values.length, center);
  }

  /** How many are the bound or less. */
  long atMost(double bound) {
    long count = 0;
    int fitting = right.length;
    for (double sum : left) {
      while (fitting > 0 && sum + right[fitting - 1] > bound) {
        fitting--;
      }
      count += fitting;
    }
    return count;
  }

  private static double[] sums(double[] values, int from, int to, double center) {
    double[] sums = {0};
    for (int i = from; i < to; i++) {
      sums = merged(sums, values[i] - center);
    }
    return sums;
  }

  /** Ascending sums, and the same with one value more, as one. */
  private static double[] merged(double[] sums, double value) {
    double[] merged = new double[2 * sums.length];
    int without = 0;
    int with = 0;
    for (int i = 0; i < merged.length; i++) {
      boolean more =
          without == sums.length || (with < sums.length && sums[with] + value < sums[without]);
      merged[i] = more ? sums[with++] + value : sums[without++];
    }
    return merged;
  }
}
