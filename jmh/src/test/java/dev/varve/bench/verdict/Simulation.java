package dev.varve.bench.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Runs that nobody measured: scores are drawn from noise, and what is true of them is known. */
final class Simulation {
  /** Comparisons of a verdict run with nothing chosen, and how its cases share them. */
  static final int COMPARISONS = 32;

  private static final int[] PER_CASE = {4, 6, 4, 4, 4, 4, 3, 2};

  private Simulation() {}

  /**
   * A run whose cases have the noise of these questions; the first comparison of a case is its A/A
   * pair.
   *
   * @param speedups how many times as fast ours is in a comparison; asked for none of the A/A pairs
   */
  static List<Pair> run(
      List<Noise> questions, int rounds, ToDoubleFunction<Random> speedups, Random random) {
    List<Pair> pairs = new ArrayList<>();
    for (int question = 0; question < questions.size(); question++) {
      Noise noise = questions.get(question);
      double[] ours = draw(noise, rounds, random);
      for (int other = 0; other < PER_CASE[question]; other++) {
        boolean control = other == 0;
        double speedup = control ? 1 : speedups.applyAsDouble(random);
        double[] theirs = draw(noise, rounds, random);
        List<Double> ratios =
            IntStream.range(0, rounds)
                .mapToObj(round -> speedup * StrictMath.exp(theirs[round] - ours[round]))
                .toList();
        String name = "question" + question;
        pairs.add(new Pair(name, "", "ext4", "NONE", "ours", "other" + other, control, ratios));
      }
    }
    return pairs;
  }

  /** How many of so many runs have a verdict although nothing differs. */
  static int falseRuns(List<Noise> questions, int rounds, int runs, long seed) {
    Random random = new Random(seed);
    int count = 0;
    for (int i = 0; i < runs; i++) {
      List<Verdict> verdicts = new Family(run(questions, rounds, _ -> 1, random)).verdicts();
      count += verdicts.stream().allMatch(Verdict.CANNOT_TELL::equals) ? 0 : 1;
    }
    return count;
  }

  /**
   * The share of runs that find out that ours was slowed down, if nothing else in the run differs:
   * then Holm's level is at its strictest. Any other difference that is found eases it.
   */
  static double power(Noise noise, double slowdown, int rounds, int runs, long seed) {
    Random random = new Random(seed);
    double level = Family.FALSE_VERDICTS / COMPARISONS;
    int found = 0;
    for (int i = 0; i < runs; i++) {
      double[] before = draw(noise, rounds, random);
      double[] after = draw(noise, rounds, random);
      double[] logs =
          IntStream.range(0, rounds)
              .mapToDouble(round -> before[round] - after[round] - StrictMath.log(1 + slowdown))
              .toArray();
      boolean slower = Arrays.stream(logs).sum() < 0;
      found += slower && SignFlip.of(logs).p() <= level ? 1 : 0;
    }
    return (double) found / runs;
  }

  /** The ratio of two forks in a round whose true ratio is this one. */
  static double ratio(double truth, Noise noise, Random random) {
    double[] two = draw(noise, 2, random);
    return truth * StrictMath.exp(two[0] - two[1]);
  }

  private static double[] draw(Noise noise, int rounds, Random random) {
    return IntStream.range(0, rounds).mapToDouble(_ -> noise.log(random)).toArray();
  }
}
