package dev.varve.bench.verdict;

import java.util.List;

/**
 * Ours beside a reference in one case of two runs.
 *
 * @param question name of the question
 * @param params parameters as shown
 * @param ours the name of our system
 * @param reference what it is measured by in both
 * @param before for each round of the first run how many times as fast as the reference ours was
 * @param after the same of the second run
 * @param referenceChange how many times as fast as in the first run the reference itself was in the
 *     second; nothing is judged by it
 */
public record RunPair(
    String question,
    String params,
    String ours,
    String reference,
    List<Double> before,
    List<Double> after,
    double referenceChange) {

  /** Copies the ratios. */
  public RunPair {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Whether a test can take them. */
  boolean measurable() {
    return measurable(before) && measurable(after);
  }

  /** The test of both runs' logarithms. */
  TwoRuns test() {
    return TwoRuns.of(logs(before), logs(after));
  }

  private static boolean measurable(List<Double> ratios) {
    return !ratios.isEmpty()
        && ratios.size() <= TwoRuns.MOST_VALUES
        && ratios.stream().allMatch(ratio -> ratio > 0 && ratio < Double.POSITIVE_INFINITY);
  }

  private static double[] logs(List<Double> ratios) {
    return ratios.stream().mapToDouble(StrictMath::log).toArray();
  }
}
