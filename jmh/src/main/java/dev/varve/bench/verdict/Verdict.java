package dev.varve.bench.verdict;

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
}
