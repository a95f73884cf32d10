package dev.varve.bench.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which words follow from which rounds, and when none do. */
class FamilyTest {
  private static final int ROUNDS = 16;

  @Test
  void clearDifferencesAreNamedAndEqualSystemsCannotBeTold() {
    Family family =
        new Family(
            List.of(
                pair("again", 1, 1), pair("slow", 2, 2), pair("fast", 0.5, 3), pair("b", 1, 4)));
    assertEquals(
        List.of(Verdict.CANNOT_TELL, Verdict.FASTER, Verdict.SLOWER, Verdict.CANNOT_TELL),
        family.verdicts());
  }

  @Test
  void theIntervalExcludesOneExactlyWhenThereIsAVerdict() {
    Random random = new Random(5);
    for (int run = 0; run < 20; run++) {
      List<Pair> pairs = new ArrayList<>(List.of(pair("again", 1, run)));
      for (int i = 1; i < 10; i++) {
        pairs.add(pair("system" + i, 1 + 0.05 * random.nextInt(4), random.nextLong()));
      }
      for (Judged judged : new Family(pairs).judged()) {
        boolean told = judged.verdict() != Verdict.CANNOT_TELL;
        assertEquals(told, !judged.interval().contains(1), judged::toString);
        assertTrue(judged.interval().contains(judged.ratio()), judged::toString);
      }
    }
  }

  @Test
  void theSmallestDetectableChangeIsWhatTheControlWouldHaveShown() {
    List<Judged> judged = new Family(List.of(pair("again", 1, 1), pair("other", 1, 2))).judged();
    double detectable = judged.getFirst().detectable();
    assertEquals(detectable, judged.getLast().detectable());
    for (double factor : new double[] {1 + 1.01 * detectable, 1 / (1 + 1.01 * detectable)}) {
      Pair shifted = scaled(pair("again", 1, 1), factor);
      assertTrue(SignFlip.of(shifted.logs()).p() <= Family.FALSE_VERDICTS / 2, "by " + factor);
    }
  }

  @Test
  void lessThanTenRoundsGiveNoVerdict() {
    Judged judged = new Family(List.of(pair("again", 1, 1, 9))).judged().getFirst();
    assertEquals(Verdict.NONE, judged.verdict());
    assertEquals("verdicts take 10 to 24 rounds, there are 9", judged.reason());
  }

  @Test
  void roundsThatCannotReachTheLevelAreRefusedWithTheNumberThatCan() {
    assertEquals("", Family.refusal(10, 5).orElse(""));
    assertEquals(
        "10 rounds cannot reach 1 % over 6 comparisons: it takes 11",
        Family.refusal(10, 6).orElse(""));
    assertEquals("", Family.refusal(13, 40).orElse(""));
    assertTrue(Family.refusal(13, 41).orElse("").endsWith("it takes 14"));
    assertEquals("verdicts take 10 to 24 rounds, there are 25", Family.refusal(25, 1).orElse(""));
  }

  @Test
  void anAaPairThatDiffersTakesTheVerdictsOfItsCaseAlone() {
    Pair elsewhere =
        new Pair("scan", "", "ext4", "NONE", "ours", "b", true, pair("", 1, 6).ratios());
    List<Judged> judged =
        new Family(List.of(pair("again", 1.5, 1), pair("b", 2, 2), elsewhere)).judged();
    assertEquals(Verdict.FASTER, judged.get(0).verdict());
    assertEquals("the A/A pair differs", judged.get(1).reason());
    assertEquals(Verdict.CANNOT_TELL, judged.get(2).verdict());
  }

  @Test
  void withoutAnAaPairOrWithAScoreOfZeroThereIsNoVerdict() {
    assertEquals(
        "there is no A/A pair", new Family(List.of(pair("b", 2, 2))).judged().getFirst().reason());
    Pair zero = scaled(pair("b", 2, 2), 0);
    List<Judged> judged = new Family(List.of(pair("again", 1, 1), zero)).judged();
    assertEquals("a score is not above zero", judged.getLast().reason());
    assertFalse(judged.getFirst().verdict() == Verdict.NONE, "the other one is judged");
  }

  @Test
  void theOrderOfTheRoundsDoesNotMatter() {
    Pair pair = pair("again", 1.1, 9);
    List<Double> shuffled = new ArrayList<>(pair.ratios());
    Collections.shuffle(shuffled, new Random(1));
    Judged judged = new Family(List.of(pair)).judged().getFirst();
    Judged again =
        new Family(List.of(new Pair("append", "", "ext4", "NONE", "ours", "again", true, shuffled)))
            .judged()
            .getFirst();
    assertEquals(judged.p(), again.p());
    assertEquals(judged.interval().low(), again.interval().low(), 1e-12);
  }

  private static Pair pair(String other, double ratio, long seed) {
    return pair(other, ratio, seed, ROUNDS);
  }

  /** A pair with noise of 5 % per round; the one named "again" is the control. */
  private static Pair pair(String other, double ratio, long seed, int rounds) {
    Random random = new Random(seed);
    List<Double> ratios =
        IntStream.range(0, rounds)
            .mapToObj(_ -> ratio * StrictMath.exp(0.05 * random.nextGaussian()))
            .toList();
    return new Pair("append", "", "ext4", "NONE", "ours", other, other.equals("again"), ratios);
  }

  private static Pair scaled(Pair pair, double factor) {
    return new Pair(
        pair.question(),
        pair.params(),
        pair.medium(),
        pair.durability(),
        pair.ours(),
        pair.other(),
        pair.control(),
        pair.ratios().stream().map(ratio -> ratio * factor).toList());
  }
}
