package dev.varve.bench.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The permutation test of two groups against its own definition, and its interval against it. */
class TwoRunsTest {
  private static final double CLOSE = 1e-9;

  @Test
  void thePValueIsTheShareOfAllDeals() {
    Random random = new Random(1);
    for (int run = 0; run < 50; run++) {
      double[] before = draw(1 + random.nextInt(6), 0, random);
      double[] after = draw(1 + random.nextInt(6), random.nextDouble(), random);
      assertEquals(counted(before, after), TwoRuns.of(before, after).p(), CLOSE, "run " + run);
    }
  }

  @Test
  void threeAndThreeComeOutByHand() {
    // Of the 20 deals of three and three only this one has a mean that far above.
    assertEquals(0.1, TwoRuns.of(new double[] {1, 2, 3}, new double[] {5, 6, 8}).p(), CLOSE);
    assertEquals(0.1, TwoRuns.smallestP(3, 3), CLOSE);
    assertEquals(2 / 538_257_874_440.0, TwoRuns.smallestP(21, 21), 1e-24);
  }

  @Test
  void dealsThatAreEqualOnPaperCountThoughTheirSumsAreNotEqualToTheLastBit() {
    double[] before = {0.1, 0.2, 0.3};
    double[] after = {0.2, 0.3, 0.1};
    assertEquals(1, TwoRuns.of(before, after).p());
    assertEquals(counted(before, after), TwoRuns.of(before, after).p(), CLOSE);
  }

  @Test
  void theIntervalHoldsExactlyWhatTheTestDoesNotReject() {
    Random random = new Random(2);
    for (int run = 0; run < 30; run++) {
      double[] before = draw(6, 0, random);
      double[] after = draw(7, 1, random);
      double level = 0.01 + 0.2 * random.nextDouble();
      Interval interval = TwoRuns.of(before, after).interval(level);
      assertTrue(interval.contains(TwoRuns.of(before, after).difference()), interval::toString);
      assertTrue(p(before, after, interval.low() + CLOSE) > level, interval::toString);
      assertTrue(p(before, after, interval.high() - CLOSE) > level, interval::toString);
      assertTrue(p(before, after, interval.low() - 1e-6) <= level, interval::toString);
      assertTrue(p(before, after, interval.high() + 1e-6) <= level, interval::toString);
    }
  }

  @Test
  void exchangingBothTurnsTheIntervalAround() {
    Random random = new Random(3);
    double[] before = draw(8, 0, random);
    double[] after = draw(5, 1, random);
    Interval there = TwoRuns.of(before, after).interval(0.05);
    Interval back = TwoRuns.of(after, before).interval(0.05);
    assertEquals(there.low(), -back.high(), CLOSE);
    assertEquals(there.high(), -back.low(), CLOSE);
  }

  @Test
  void oneValueEachTellsNothing() {
    TwoRuns test = TwoRuns.of(new double[] {1}, new double[] {2});
    assertEquals(1, test.p());
    assertEquals(0, test.interval(0.01).confidence());
  }

  @Test
  void noneAndTooManyValuesAreRefused() {
    double[] one = {1};
    assertThrows(IllegalArgumentException.class, () -> TwoRuns.of(new double[0], one));
    assertThrows(IllegalArgumentException.class, () -> TwoRuns.of(one, new double[25]));
  }

  private static double p(double[] before, double[] after, double shift) {
    return TwoRuns.of(before, Arrays.stream(after).map(value -> value - shift).toArray()).p();
  }

  /** All deals one by one. */
  private static double counted(double[] before, double[] after) {
    double[] all = DoubleStream.concat(Arrays.stream(before), Arrays.stream(after)).toArray();
    double measured = Arrays.stream(after).sum();
    double[] sums =
        IntStream.range(0, 1 << all.length)
            .filter(deal -> Integer.bitCount(deal) == after.length)
            .mapToDouble(
                deal ->
                    IntStream.range(0, all.length)
                        .filter(i -> (deal >> i & 1) == 1)
                        .mapToDouble(i -> all[i])
                        .sum())
            .toArray();
    double atMost = Arrays.stream(sums).filter(sum -> sum <= measured + CLOSE).count();
    double atLeast = Arrays.stream(sums).filter(sum -> sum >= measured - CLOSE).count();
    return Math.min(1, 2 * Math.min(atMost, atLeast) / sums.length);
  }

  private static double[] draw(int count, double mean, Random random) {
    return IntStream.range(0, count).mapToDouble(_ -> mean + random.nextGaussian()).toArray();
  }
}
