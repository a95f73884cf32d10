package dev.varve.bench.verdict;

import java.util.List;

/**
 * Ours and another system in one case, by rounds.
 *
 * @param question name of the question
 * @param params parameters as shown
 * @param medium what files are on; {@code memory} where there are none
 * @param durability what appends promised
 * @param ours the name of our system
 * @param other the name of the other one
 * @param control whether the other one is ours as well, entered a second time
 * @param ratios for each round how many times as fast ours was
 */
public record Pair(
    String question,
    String params,
    String medium,
    String durability,
    String ours,
    String other,
    boolean control,
    List<Double> ratios) {

  /** Copies the ratios. */
  public Pair {
    ratios = List.copyOf(ratios);
  }

  /** Whether two pairs belong to the same case, and so share a control. */
  boolean sameCase(Pair pair) {
    return question.equals(pair.question)
        && params.equals(pair.params)
        && medium.equals(pair.medium)
        && durability.equals(pair.durability);
  }

  /** The logarithms of the ratios. */
  double[] logs() {
    return ratios.stream().mapToDouble(StrictMath::log).toArray();
  }
}
