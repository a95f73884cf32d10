package dev.varve.kit.history;

/**
 * An operation on a stream: who, when, what. Moments are of a logical clock; no two are the same.
 *
 * @param actor who asked
 * @param driver whom, of several drivers of the stream
 * @param invoked when it was asked
 * @param answered when the answer was there; {@link #NEVER} when there was none yet
 */
public record Operation(int actor, int driver, long invoked, long answered, Outcome outcome) {
  /** An answer that had not come when the history ended. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Refuses an answer that was there before the question, and questions without an answer. */
  public Operation {
    if (invoked >= answered) {
      throw new IllegalArgumentException("answered at %d before %d".formatted(answered, invoked));
    }
    if (answered == NEVER && !(outcome instanceof Outcome.Unknown)) {
      throw new IllegalArgumentException("without an answer an append is unknown: " + outcome);
    }
  }

  @Override
  public String toString() {
    String until = answered == NEVER ? "..." : String.valueOf(answered);
    return "[%4d %4s] actor %d, driver %d: %s".formatted(invoked, until, actor, driver, outcome);
  }
}
