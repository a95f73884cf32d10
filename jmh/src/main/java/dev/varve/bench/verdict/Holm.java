package dev.varve.bench.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction (1979): of m comparisons the clearest is judged at the m-th part of
 * the family's level, the next at the (m-1)-th part, until one fails; that one's level holds for
 * all the rest. The chance of any false verdict stays at the family's level, however the
 * comparisons depend on each other.
 */
final class Holm {
  private Holm() {}

  /**
   * The level at which each p value is judged, in their order. A p value is at most its level just
   * when Holm's procedure rejects.
   */
  static double[] levels(double[] p, double familyLevel) {
    List<Integer> order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> p[index]))
            .toList();
    double[] levels = new double[p.length];
    boolean rejecting = true;
    double level = familyLevel;
    for (int step = 0; step < p.length; step++) {
      int index = order.get(step);
      if (rejecting) {
        level = familyLevel / (p.length - step);
        rejecting = p[index] <= level;
      }
      levels[index] = level;
    }
    return levels;
  }
}
