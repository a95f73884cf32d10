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

  /** The verdict with this word. */
  static Optional<Verdict> of(String word) {
    return Arrays.stream(values()).filter(verdict -> verdict.word.equals(word)).findFirst();
  }
}
