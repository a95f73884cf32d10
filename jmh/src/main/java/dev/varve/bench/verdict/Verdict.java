package dev.varve.bench.verdict;

import java.util.Arrays;
import java.util.Optional;

/** What a comparison comes to. */
public enum Verdict {
  /** Ours takes less time. */
  FASTER("faster"),
  /** Ours takes more time. */
  SLOWER("slower"),
  /** The rounds are compatible with no difference. */
  CANNOT_TELL("cannot tell"),
  /** There is none, for a reason that is given. */
  NONE("none");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** The word as it is printed. */
  public String word() {
    return word;
  }

  /**
   * What follows from a test.
   *
   * @param reason why there is no verdict; empty if there is one
   * @param p its p value
   * @param level what that is compared with
   * @param logRatio above zero where ours is ahead
   */
  static Verdict of(String reason, double p, double level, double logRatio) {
    if (!reason.isEmpty()) {
      return NONE;
    }
    if (p > level) {
      return CANNOT_TELL;
    }
    return logRatio > 0 ? FASTER : SLOWER;
  }

  /** The verdict with this word. */
  static Optional<Verdict> of(String word) {
    return Arrays.stream(values()).filter(verdict -> verdict.word.equals(word)).findFirst();
  }
}
