package dev.varve.bench.verdict;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whole runs in which nothing differs have a false verdict in 1 % of the cases at most. A
 * simulation passes if it counts no more of them than 99.9 % of all simulations would whose true
 * rate is exactly 1 %.
 */
class FalseVerdictsTest {
  private static final int RUNS = 1000;
  private static final int ROUNDS = 16;
  private static final int ALLOWED = Binomial.quantile999(RUNS, Family.FALSE_VERDICTS);
  private static final Noise NORMAL = random -> 0.05 * random.nextGaussian();

  /** One fork in twenty takes up to twice as long. */
  private static final Noise WITH_PAUSES =
      random -> NORMAL.log(random) + (random.nextInt(20) == 0 ? random.nextDouble() : 0);

  @Test
  void pausesThatHitSomeForksDoNotMakeMoreOfThem() {
    check(Simulation.falseRuns(eight(WITH_PAUSES), ROUNDS, RUNS, 3));
  }

  @Test
  void atTheFewestRoundsThatAreEnoughTheyStayWithinTheStatedRate() {
    check(Simulation.falseRuns(Collections.nCopies(1, NORMAL), 11, RUNS, 4));
    check(Simulation.falseRuns(eight(NORMAL), 13, RUNS, 5));
  }

  @Test
  void differencesThatAreTrueDoNotMakeTheOthersLessSafe() {
    Random random = new Random(6);
    int wrong = 0;
    for (int i = 0; i < RUNS; i++) {
      List<Pair> pairs =
          Simulation.run(eight(NORMAL), ROUNDS, draw -> draw.nextBoolean() ? 1 : 3, random);
      List<Verdict> verdicts = new Family(pairs).verdicts();
      for (int j = 0; j < verdicts.size(); j++) {
        if (verdicts.get(j) != Verdict.CANNOT_TELL && pairs.get(j).ratios().getFirst() < 1.7) {
          wrong++;
          break;
        }
      }
    }
    check(wrong);
  }

  @Test
  void whatTheSimulationMayCountIsTheQuantileOfTheBinomialDistribution() {
    assertTrue(ALLOWED == 21 && Binomial.quantile999(10, 0.5) == 9, "allowed: " + ALLOWED);
  }

  private static List<Noise> eight(Noise noise) {
    return Collections.nCopies(8, noise);
  }

  private static void check(int falseRuns) {
    assertTrue(
        falseRuns <= ALLOWED, "%d false of %d, %d allowed".formatted(falseRuns, RUNS, ALLOWED));
  }
}
