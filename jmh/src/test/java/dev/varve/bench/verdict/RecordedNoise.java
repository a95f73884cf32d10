package dev.varve.bench.verdict;

import dev.varve.bench.questions.Questions;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What the forks of ours scattered by in the A/A pair of a committed run. Two scores of a round lie
 * apart by the noise of both, and a score of several forks by that of one over the root of their
 * number. So a fork is simulated by drawing a round, multiplying its log ratio accordingly, and
 * giving it either sign. What both scores of a round shared is not in it, as it is not in any
 * ratio.
 *
 * @param forks how many made up a score of that run
 */
record RecordedNoise(List<Double> logRatios, int forks) implements Noise {
  /** Runs as they are today, whose forks took turns; the later one has one question again. */
  static final List<String> TAKING_TURNS =
      List.of("2026-11-30_verdict8_x86-64-2core", "2026-11-30_reopen_x86-64-2core");

  /** A run of the same questions earlier that day, by forks one after the other. */
  static final List<String> ONE_BY_ONE = List.of("2026-11-30_verdict2_x86-64-2core");

  private static final Path RESULTS = Path.of(System.getProperty("varve.root", ".."), "results");

  /**
   * The noise of the scores that a verdict run has, at that of the forks of some runs, by question:
   * of the last one that has it.
   */
  static Map<String, Noise> of(List<String> runs) throws IOException {
    Map<String, Noise> questions = new LinkedHashMap<>();
    for (String run : runs) {
      questions.putAll(of(run));
    }
    return questions;
  }

  private static Map<String, Noise> of(String run) throws IOException {
    Map<String, Noise> questions = new LinkedHashMap<>();
    List<Fork> forks = RunFolder.open(RESULTS.resolve(run)).forks();
    for (Pair pair : Rounds.pairs(forks)) {
      if (pair.control()) {
        List<Double> logRatios = Arrays.stream(pair.logs()).boxed().toList();
        Noise fork = new RecordedNoise(logRatios, inFirstRound(forks, pair));
        questions.put(pair.question(), fork.mean(forks(pair.question())));
      }
    }
    return questions;
  }

  /** How many forks make up a score of a verdict run. */
  static int forks(String question) {
    return Questions.all().stream()
        .filter(asked -> asked.name().equals(question))
        .flatMap(asked -> asked.cases().stream())
        .filter(measured -> measured.verdict().included())
        .mapToInt(measured -> measured.verdict().forks())
        .findFirst()
        .orElseThrow();
  }

  private static int inFirstRound(List<Fork> forks, Pair pair) {
    return (int)
        forks.stream()
            .filter(fork -> fork.round() == 1)
            .map(fork -> fork.rows().getFirst())
            .filter(row -> row.question().equals(pair.question()))
            .filter(row -> row.contestant().name().equals(pair.ours()))
            .count();
  }

  @Override
  public double log(Random random) {
    double drawn = logRatios.get(random.nextInt(logRatios.size())) * StrictMath.sqrt(forks / 2.0);
    return random.nextBoolean() ? drawn : -drawn;
  }
}
