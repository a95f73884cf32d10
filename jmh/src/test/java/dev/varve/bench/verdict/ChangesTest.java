package dev.varve.bench.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which words follow when one run is compared with another, and how often they are wrong. */
class ChangesTest {
  private static final int RUNS = 1000;
  private static final int COMPARISONS = 8;
  private static final Noise NORMAL = random -> 0.05 * random.nextGaussian();

  /** One fork in twenty takes up to twice as long. */
  private static final Noise WITH_PAUSES =
      random -> NORMAL.log(random) + (random.nextInt(20) == 0 ? random.nextDouble() : 0);

  @Test
  void clearChangesAreNamedAndWhatIsTheSameCannotBeTold() {
    Random random = new Random(1);
    List<RunPair> pairs =
        List.of(
            pair(NORMAL, 1, 16, 16, random),
            pair(NORMAL, 1.5, 16, 16, random),
            pair(NORMAL, 0.7, 12, 16, random));
    List<Change> changes = new Changes(pairs).judged();
    assertEquals(
        List.of(Verdict.CANNOT_TELL, Verdict.FASTER, Verdict.SLOWER),
        changes.stream().map(Change::verdict).toList());
    for (Change change : changes) {
      boolean told = change.verdict() != Verdict.CANNOT_TELL;
      assertEquals(told, !change.interval().contains(1), change::toString);
      assertTrue(change.interval().contains(change.ratio()), change::toString);
    }
  }

  @Test
  void lessThanTenRoundsInEitherGiveNoVerdict() {
    Random random = new Random(2);
    for (int[] rounds : new int[][] {{9, 16}, {16, 9}, {1, 1}}) {
      RunPair pair = pair(NORMAL, 3, rounds[0], rounds[1], random);
      Change change = new Changes(List.of(pair)).judged().getFirst();
      assertEquals(Verdict.NONE, change.verdict());
      assertTrue(change.reason().contains("verdicts take 10 to 24 rounds"), change::reason);
    }
  }

  @Test
  void aScoreOfZeroGivesNoVerdict() {
    RunPair pair = pair(NORMAL, 0, 12, 12, new Random(3));
    assertEquals(
        "a score is not above zero", new Changes(List.of(pair)).judged().getFirst().reason());
  }

  @Test
  void whenNothingChangedFalseVerdictsStayWithinTheStatedRate() {
    int allowed = Binomial.quantile999(RUNS, Family.FALSE_VERDICTS);
    for (int count : new int[] {falseRuns(NORMAL, 10, 12), falseRuns(WITH_PAUSES, 10, 10)}) {
      assertTrue(count <= allowed, count + " of " + RUNS);
    }
  }

  @Test
  void slowdownsAreFoundInNineComparisonsOfTenAtRecordedNoise() throws IOException {
    assertTrue(found("random-read", 1.1) >= 0.9, "10 %");
    assertTrue(found("append-steady", 1.2) >= 0.9, "20 %");
  }

  /**
   * The share of comparisons of the usual rounds that find it where Holm's level is at its
   * strictest.
   */
  private static double found(String question, double slowdown) throws IOException {
    Noise noise = RecordedNoise.of(RecordedNoise.TAKING_TURNS).getOrDefault(question, NORMAL);
    Random random = new Random(5);
    int tries = 200;
    int found = 0;
    for (int i = 0; i < tries; i++) {
      TwoRuns test =
          pair(noise, 1 / slowdown, Family.USUAL_ROUNDS, Family.USUAL_ROUNDS, random).test();
      boolean judged = test.p() <= Family.FALSE_VERDICTS / COMPARISONS;
      found += judged && test.difference() < 0 ? 1 : 0;
    }
    return (double) found / tries;
  }

  private static int falseRuns(Noise noise, int before, int after) {
    Random random = new Random(before + after);
    int count = 0;
    for (int i = 0; i < RUNS; i++) {
      List<RunPair> pairs = new ArrayList<>();
      for (int j = 0; j < COMPARISONS; j++) {
        pairs.add(pair(noise, 1, before, after, random));
      }
      boolean none = new Changes(pairs).verdicts().stream().allMatch(Verdict.CANNOT_TELL::equals);
      count += none ? 0 : 1;
    }
    return count;
  }

  private static RunPair pair(Noise noise, double change, int before, int after, Random random) {
    return new RunPair(
        "append",
        "",
        "ours",
        "limit",
        ratios(noise, 0.5, before, random),
        ratios(noise, 0.5 * change, after, random),
        1);
  }

  private static List<Double> ratios(Noise noise, double ratio, int rounds, Random random) {
    return IntStream.range(0, rounds)
        .mapToObj(_ -> Simulation.ratio(ratio, noise, random))
        .toList();
  }
}
