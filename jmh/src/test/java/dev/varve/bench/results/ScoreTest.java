package dev.varve.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of the iterations of a fork. */
class ScoreTest {
  private static final double EXACT = 1e-9;

  @Test
  void anIterationInWhichTheDiskHadEverybodyWaitCountsByItsOperations() {
    // 25 ms each: 400,000 operations, and 5,000.
    Score score = Score.total(List.of(62.5, 5000.0), List.of(400_000.0, 5000.0), "ns/op");
    assertEquals(50e6 / 405_000, score.value(), EXACT);
  }

  @Test
  void ofRatesItIsTheOperationsInAllOfTheTime() {
    // 100 operations in a second and 100 in two.
    Score score = Score.total(List.of(100.0, 50.0), List.of(100.0, 100.0), "ops/s");
    assertEquals(200.0 / 3, score.value(), EXACT);
  }

  @Test
  void whereAllHaveAsManyOperationsItIsTheMeanWithItsInterval() {
    List<Double> iterations = List.of(1.0, 2.0, 6.0, 3.0);
    Score mean = Score.mean(iterations, "ns/op");
    Score total = Score.total(iterations, List.of(7.0, 7.0, 7.0, 7.0), "ns/op");
    assertEquals(mean.value(), total.value(), EXACT);
    assertEquals(mean.low(), total.low(), EXACT);
    assertEquals(mean.high(), total.high(), EXACT);
  }

  /** By hand: t at 2 degrees of freedom is 4.302653, the residuals 1, -2 and 1, their weight 4. */
  @Test
  void theIntervalIsThatOfARatio() {
    Score score = Score.total(List.of(3.0, 1.0, 3.0), List.of(1.0, 2.0, 1.0), "ns/op");
    assertEquals(2, score.value(), EXACT);
    double reach = 4.302653 * Math.sqrt(6.0 / (3 * 2)) / (4.0 / 3);
    assertEquals(0, score.low());
    assertEquals(2 + reach, score.high(), 1e-5);
  }

  @Test
  void aShotThatTookAMultipleDoesNotMoveTheMedian() {
    assertEquals(3, Score.median(List.of(2.0, 3.0, 90.0), "ms/op").value());
    assertEquals(2.5, Score.median(List.of(90.0, 3.0, 2.0, 1.0), "ms/op").value());
  }

  /** The table of nonparametric intervals: ranks 6 and 15 of 20, 3 and 10 of 12, 1 and 6 of 6. */
  @Test
  void theIntervalOfAMedianLiesBetweenTwoShots() {
    assertEquals(List.of(6.0, 15.0), endsOfRanks(20));
    assertEquals(List.of(3.0, 10.0), endsOfRanks(12));
    assertEquals(List.of(1.0, 6.0), endsOfRanks(6));
    assertTrue(endsOfRanks(5).stream().allMatch(end -> end.isNaN()));
  }

  private static List<Double> endsOfRanks(int shots) {
    List<Double> ranks = IntStream.rangeClosed(1, shots).mapToObj(Double::valueOf).toList();
    Score score = Score.median(ranks.reversed(), "ms/op");
    return List.of(score.low(), score.high());
  }
}
