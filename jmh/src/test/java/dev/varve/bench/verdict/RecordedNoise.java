package dev.varve.bench.verdict;

import dev.varve.bench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What the forks of ours scattered by in the A/A pair of a committed run. Two forks of a round lie
 * apart by the noise of both, so a fork is simulated by drawing a round, dividing its log ratio by
 * the root of two, and giving it either sign. What both forks of a round shared is not in it, as it
 * is not in any ratio.
 */
record RecordedNoise(List<Double> logRatios) implements Noise {
  /** A run on a machine that had nothing else to do. */
  static final String AT_REST = "2026-11-26_verdict_x86-64-2core";

  /** A run on a virtual machine whose host was busy. */
  static final String AMONG_NEIGHBOURS = "2026-11-22_verdict_x86-64-2core";

  private static final Path RESULTS = Path.of(System.getProperty("varve.root", ".."), "results");

  /** The noise of each question of a run, by question. */
  static Map<String, Noise> of(String run) throws IOException {
    Map<String, Noise> questions = new LinkedHashMap<>();
    for (Pair pair : Rounds.pairs(RunFolder.open(RESULTS.resolve(run)).forks())) {
      if (pair.control()) {
        questions.put(
            pair.question(), new RecordedNoise(Arrays.stream(pair.logs()).boxed().toList()));
      }
    }
    return questions;
  }

  @Override
  public double log(Random random) {
    double drawn = logRatios.get(random.nextInt(logRatios.size())) / StrictMath.sqrt(2);
    return random.nextBoolean() ? drawn : -drawn;
  }
}
