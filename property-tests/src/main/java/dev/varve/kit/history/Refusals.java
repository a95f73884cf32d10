package dev.varve.kit.history;

/** Which end an append that is refused as outdated has to tell. */
public enum Refusals {
  /** The stream's end at some moment of the call, as a driver knows that asks. */
  TELL_THE_CURRENT_END,

  /**
   * As above, or, where the expected position lies before it, an end that the stream had earlier: a
   * driver may refuse what it knows to be stale without asking, and then tells what it knows. One
   * driver's ends never go back all the same.
   */
  MAY_TELL_A_FORMER_END
}
