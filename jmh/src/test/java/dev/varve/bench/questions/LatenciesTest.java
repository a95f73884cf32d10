package dev.varve.bench.questions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Percentiles close to the truth, the maximum exact. */
class LatenciesTest {
  @Test
  void percentilesAreAtMostThreePercentOff() {
    Latencies latencies = new Latencies();
    for (int nanos = 1; nanos <= 1_000_000; nanos++) {
      latencies.record(nanos);
    }
    for (double percent : new double[] {1, 50, 99, 99.99}) {
      double truth = percent * 10_000;
      double found = latencies.percentileNanos(percent);
      assertTrue(found >= truth && found <= truth * 1.04, percent + " % is " + found);
    }
    assertEquals(1_000_000, latencies.maxNanos());
  }

  @Test
  void theLargestDurationFits() {
    Latencies latencies = new Latencies();
    latencies.record(Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, latencies.percentileNanos(100));
    latencies.clear();
    assertEquals(0, latencies.percentileNanos(100));
  }
}
