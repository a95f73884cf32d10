package dev.varve.bench.verdict;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All comparisons of one run with another, which are judged together: that any of the verdicts is
 * false has a chance of 1 % at most.
 */
public final class Changes {
  private final List<RunPair> pairs;
  private final List<Optional<TwoRuns>> tests;
  private final double[] p;
  private final double[] levels;

  /** Tests all comparisons. */
  public Changes(List<RunPair> pairs) {
    this.pairs = List.copyOf(pairs);
    this.tests =
        pairs.stream()
            .map(pair -> pair.measurable() ? Optional.of(pair.test()) : Optional.<TwoRuns>empty())
            .toList();
    this.p =
        IntStream.range(0, pairs.size())
            .mapToDouble(i -> reason(i).isEmpty() ? tests.get(i).map(TwoRuns::p).orElse(1.0) : 1)
            .toArray();
    this.levels = Holm.levels(p, Family.FALSE_VERDICTS);
  }

  /** The comparisons with all that is known about them, in their order. */
  public List<Change> judged() {
    return IntStream.range(0, pairs.size()).mapToObj(this::judged).toList();
  }

  /** The verdicts alone, in the same order. */
  List<Verdict> verdicts() {
    return IntStream.range(0, pairs.size()).mapToObj(this::verdict).toList();
  }

  private Change judged(int index) {
    RunPair pair = pairs.get(index);
    Interval interval =
        tests
            .get(index)
            .map(test -> test.interval(levels[index]).exp())
            .orElse(new Interval(Double.NaN, Double.NaN, 0));
    return new Change(
        pair,
        mean(pair.before()),
        mean(pair.after()),
        interval,
        p[index],
        levels[index],
        verdict(index),
        reason(index));
  }

  private Verdict verdict(int index) {
    RunPair pair = pairs.get(index);
    double change = StrictMath.log(mean(pair.after()) / mean(pair.before()));
    return Verdict.of(reason(index), p[index], levels[index], change);
  }

  private String reason(int index) {
    RunPair pair = pairs.get(index);
    int before = pair.before().size();
    int after = pair.after().size();
    if (Math.min(before, after) < Family.LEAST_ROUNDS
        || Math.max(before, after) > Family.MOST_ROUNDS) {
      return "verdicts take %d to %d rounds, there are %d and %d"
          .formatted(Family.LEAST_ROUNDS, Family.MOST_ROUNDS, before, after);
    }
    if (TwoRuns.smallestP(before, after) > Family.FALSE_VERDICTS / pairs.size()) {
      return "the rounds cannot reach 1 %% over %d comparisons".formatted(pairs.size());
    }
    return pair.measurable() ? "" : "a score is not above zero";
  }

  private static double mean(List<Double> ratios) {
    return StrictMath.exp(
        ratios.stream().mapToDouble(StrictMath::log).average().orElse(Double.NaN));
  }
}
