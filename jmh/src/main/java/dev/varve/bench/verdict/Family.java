package dev.varve.bench.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All comparisons of a run, A/A pairs included, which are judged together: that any of the verdicts
 * is false has a chance of 1 % at most.
 */
public final class Family {
  /** The chance of one false verdict or more. */
  public static final double FALSE_VERDICTS = 0.01;

  /** With fewer rounds there are no verdicts. */
  public static final int LEAST_ROUNDS = 10;

  /** So many rounds a run has unless it is told otherwise. */
  public static final int USUAL_ROUNDS = 16;

  /** With more rounds there are no verdicts: more forks in a round serve better. */
  public static final int MOST_ROUNDS = SignFlip.MOST_VALUES;

  private final List<Pair> pairs;
  private final double[] p;
  private final double[] levels;

  /** Tests all comparisons of a run. */
  public Family(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
    this.p = pairs.stream().mapToDouble(Family::p).toArray();
    this.levels = Holm.levels(p, FALSE_VERDICTS);
  }

  /** Why so many rounds cannot judge so many comparisons; empty if they can. */
  public static Optional<String> refusal(int rounds, int comparisons) {
    if (rounds < LEAST_ROUNDS || rounds > MOST_ROUNDS) {
      return Optional.of(
          "verdicts take %d to %d rounds, there are %d"
              .formatted(LEAST_ROUNDS, MOST_ROUNDS, rounds));
    }
    int needed = rounds;
    while (SignFlip.smallestP(needed) > FALSE_VERDICTS / comparisons) {
      needed++;
    }
    return needed == rounds
        ? Optional.empty()
        : Optional.of(
            "%d rounds cannot reach 1 %% over %d comparisons: it takes %d"
                .formatted(rounds, comparisons, needed));
  }

  /** The verdicts alone, in the order of the comparisons. */
  public List<Verdict> verdicts() {
    return IntStream.range(0, pairs.size()).mapToObj(this::verdict).toList();
  }

  /** The comparisons with all that is known about them, in their order. */
  public List<Judged> judged() {
    return IntStream.range(0, pairs.size()).mapToObj(this::judged).toList();
  }

  private Judged judged(int index) {
    Pair pair = pairs.get(index);
    double[] logs = pair.logs();
    return new Judged(
        pair,
        detectable(pair),
        StrictMath.exp(Arrays.stream(logs).average().orElse(Double.NaN)),
        interval(pair, levels[index]).exp(),
        p[index],
        levels[index],
        verdict(index),
        reason(index));
  }

  private Verdict verdict(int index) {
    double sum = Arrays.stream(pairs.get(index).logs()).sum();
    return Verdict.of(reason(index), p[index], levels[index], sum);
  }

  private String reason(int index) {
    Pair pair = pairs.get(index);
    Optional<String> refusal = refusal(pair.ratios().size(), pairs.size());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    int control = control(pair);
    if (control < 0) {
      return "there is no A/A pair";
    }
    if (!measurable(pair) || !measurable(pairs.get(control))) {
      return "a score is not above zero";
    }
    return index != control && p[control] <= levels[control] ? "the A/A pair differs" : "";
  }

  private double detectable(Pair pair) {
    int control = control(pair);
    double level = FALSE_VERDICTS / pairs.size();
    return control < 0
        ? Double.NaN
        : StrictMath.exp(interval(pairs.get(control), level).reach()) - 1;
  }

  /** The index of the A/A pair of a pair's case, -1 without one. */
  private int control(Pair pair) {
    return IntStream.range(0, pairs.size())
        .filter(index -> pairs.get(index).control() && pairs.get(index).sameCase(pair))
        .findFirst()
        .orElse(-1);
  }

  private static double p(Pair pair) {
    return measurable(pair) ? SignFlip.of(pair.logs()).p() : 1;
  }

  private static Interval interval(Pair pair, double level) {
    return measurable(pair)
        ? SignFlip.of(pair.logs()).interval(level)
        : new Interval(Double.NaN, Double.NaN, 0);
  }

  private static boolean measurable(Pair pair) {
    return pair.ratios().size() <= MOST_ROUNDS
        && pair.ratios().stream().allMatch(ratio -> ratio > 0 && ratio < Double.POSITIVE_INFINITY);
  }
}
