package dev.varve.bench.compare;

import dev.varve.bench.verdict.Interval;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.Verdict;
import java.util.Optional;

/**
 * A ratio of ours to another system in a result, and what came of it when it was measured again.
 *
 * @param then as the result has it
 * @param now as it was measured again; empty if it was not
 */
public record Claim(Judged then, Optional<Judged> now) {
  /** Intervals of less than that come of too few rounds to contradict anything. */
  private static final double LEAST_CONFIDENCE = 0.9;

  /** Whether a ratio still holds. */
  public enum Outcome {
    /** The intervals overlap. */
    HOLDS("holds"),
    /** They do not, and yet the verdict is the same. */
    OTHER_SIZE("same verdict, other size"),
    /** Neither. */
    DOES_NOT_HOLD("does not hold"),
    /** The rounds are too few, or it was not measured again. */
    CANNOT_TELL("cannot tell");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    /** The word as it is printed. */
    public String word() {
      return word;
    }
  }

  /** What it comes to. */
  public Outcome outcome() {
    return now.map(this::outcome).orElse(Outcome.CANNOT_TELL);
  }

  private Outcome outcome(Judged again) {
    if (!tells(then.interval()) || !tells(again.interval())) {
      return Outcome.CANNOT_TELL;
    }
    if (overlap(then.interval(), again.interval())) {
      return Outcome.HOLDS;
    }
    return then.verdict() != Verdict.NONE && then.verdict() == again.verdict()
        ? Outcome.OTHER_SIZE
        : Outcome.DOES_NOT_HOLD;
  }

  private static boolean overlap(Interval one, Interval other) {
    return one.low() <= other.high() && other.low() <= one.high();
  }

  private static boolean tells(Interval interval) {
    return interval.confidence() >= LEAST_CONFIDENCE;
  }
}
