package dev.varve.bench.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The test by flipping signs, and the interval that is the same test read backwards. */
class SignFlipTest {
  private static final double LEVEL = 0.05;

  @Test
  void thePValueCountsTheFlipsThatAreAsExtreme() {
    // The subsets of {3, 2, -1} whose sum is zero or less: the empty one and {-1}.
    assertEquals(2 * 2.0 / 8, SignFlip.of(new double[] {3, 2, -1}).p());
    assertEquals(2 * 1.0 / 8, SignFlip.of(new double[] {3, 2, 1}).p());
    assertEquals(1, SignFlip.of(new double[] {0, 0, 0}).p());
  }

  @Test
  void flipsThatAreEqualOnPaperCountThoughTheirSumsAreNotEqualToTheLastBit() {
    double[] ours = {10, 13, 11, 10, 9, 11, 9, 12, 10, 10, 8, 12};
    double[] theirs = {11, 12, 11, 11, 11, 12, 11, 10, 10, 11, 10, 13};
    double[] values =
        IntStream.range(0, ours.length).mapToDouble(i -> Math.log(theirs[i] / ours[i])).toArray();
    // Counted with fractions: the products of 152 subsets of the ratios are one or less.
    assertEquals(2 * 152.0 / 4096, SignFlip.of(values).p());
  }

  @Test
  void tenRoundsOnOneSideReachTwoInAThousandAndNoMore() {
    double[] values = IntStream.rangeClosed(1, 10).asDoubleStream().toArray();
    assertEquals(2.0 / 1024, SignFlip.of(values).p());
    assertEquals(2.0 / 1024, SignFlip.smallestP(10));
  }

  @Test
  void mirroredValuesHaveTheSamePValueAndTheMirroredInterval() {
    double[] values = values(11, 0.3, 1);
    double[] mirrored = Arrays.stream(values).map(value -> -value).toArray();
    Interval interval = SignFlip.of(values).interval(LEVEL);
    assertEquals(SignFlip.of(values).p(), SignFlip.of(mirrored).p());
    assertEquals(
        new Interval(-interval.high(), -interval.low(), interval.confidence()),
        SignFlip.of(mirrored).interval(LEVEL));
  }

  @Test
  void theIntervalExcludesAValueExactlyWhenTheTestRejectsIt() {
    for (int seed = 0; seed < 200; seed++) {
      for (int rounds : new int[] {10, 17}) {
        double[] values = values(rounds, 0.7, seed);
        SignFlip test = SignFlip.of(values);
        assertEquals(test.p() > LEVEL, test.interval(LEVEL).contains(0), "seed " + seed);
      }
    }
  }

  @Test
  void theIntervalCoversTheTruthAsOftenAsItSays() {
    int experiments = 2000;
    int missed = 0;
    for (int seed = 0; seed < experiments; seed++) {
      missed += SignFlip.of(values(10, 2, seed)).interval(LEVEL).contains(2) ? 0 : 1;
    }
    assertTrue(missed <= Binomial.quantile999(experiments, LEVEL), "missed " + missed);
    // The level is used up: 25 of 512 flips on each side.
    assertTrue(missed >= experiments * LEVEL / 2, "missed " + missed);
  }

  @Test
  void theEndsOfTheIntervalAreMeansOfSubsets() {
    SignFlip test = SignFlip.of(new double[] {1, 5, 2, 1.5});
    double[] smallestMeans = {1, 1.25, 1.5, 1.5, 1.5, 1.75, 2};
    double[] largestMeans = {5, 3.5, 3.25, 3, 8.5 / 3, 8.0 / 3, 2.5};
    for (int rank = 1; rank <= smallestMeans.length; rank++) {
      Interval interval = test.interval(rank / 8.0);
      assertEquals(smallestMeans[rank - 1], interval.low(), 1e-12, "rank " + rank);
      assertEquals(largestMeans[rank - 1], interval.high(), 1e-12, "rank " + rank);
    }
  }

  @Test
  void noneAndMoreThanTwentyFourRoundsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> SignFlip.of(new double[0]));
    assertThrows(IllegalArgumentException.class, () -> SignFlip.of(new double[25]));
    assertEquals(1, SignFlip.of(new double[24]).p());
  }

  @Test
  void aLevelOutOfReachGivesTheWidestIntervalWithItsOwnConfidence() {
    Interval interval = SignFlip.of(new double[] {1, 4, 2}).interval(0.0001);
    assertEquals(new Interval(1, 4, 0.75), interval);
    assertFalse(interval.contains(0));
  }

  private static double[] values(int count, double mean, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToDouble(_ -> mean + random.nextGaussian()).toArray();
  }
}
