package dev.varve.bench.verdict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Holm's correction. */
class HolmTest {
  @Test
  void eachRejectionEasesTheNextStep() {
    double[] levels = Holm.levels(new double[] {0.004, 0.9, 0.002}, 0.01);
    assertArrayEquals(new double[] {0.005, 0.01, 0.01 / 3}, levels);
  }

  @Test
  void afterTheFirstThatFailsItsLevelHoldsForAllTheRest() {
    double[] p = {0.001, 0.006, 0.0061, 0.5};
    double[] levels = Holm.levels(p, 0.01);
    assertArrayEquals(new double[] {0.0025, 0.01 / 3, 0.01 / 3, 0.01 / 3}, levels);
    assertTrue(p[2] > levels[2], "0.0061 would pass at a later step's level, but is not asked");
  }

  @Test
  void oneComparisonNeedsNoCorrection() {
    assertArrayEquals(new double[] {0.01}, Holm.levels(new double[] {0.3}, 0.01));
  }
}
