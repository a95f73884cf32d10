package dev.varve.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.bench.verdict.Family;
import dev.varve.bench.verdict.Pair;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verdicts as people read them. */
class VerdictTextTest {
  @Test
  void theTextSaysTheDetectableChangeBeforeTheRatioAndTheRatioBeforeTheVerdict() {
    assertEquals(
        "append size=100 NONE on ext4 varve : lmdb 25.0 % 3.162 2.500 .. 4.000 (50.00 %)"
            + " none: verdicts take 10 to 24 rounds, there are 2",
        lastLine(
            pair("varve-again", true, List.of(1.0, 1.25)), pair("lmdb", false, List.of(4.0, 2.5))));
  }

  @Test
  void moreRoundsThanTheTestTakesHaveARatioAndNeitherIntervalNorVerdict() {
    assertEquals(
        "append size=100 NONE on ext4 varve : lmdb 2.000"
            + " none: verdicts take 10 to 24 rounds, there are 25",
        lastLine(pair("lmdb", false, Collections.nCopies(25, 2.0))));
  }

  private static String lastLine(Pair... pairs) {
    String text = VerdictText.of(new Family(List.of(pairs)).judged());
    return text.lines().toList().getLast().replaceAll(" +", " ");
  }

  private static Pair pair(String other, boolean control, List<Double> ratios) {
    return new Pair("append", "size=100", "ext4", "NONE", "varve", other, control, ratios);
  }
}
