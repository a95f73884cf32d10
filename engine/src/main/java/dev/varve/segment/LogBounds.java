package dev.varve.segment;

/** How far a log reaches now. Safe from any thread; within one boot nothing goes back. */
interface LogBounds {
  /** Position of the oldest record that is kept. */
  long tail();

  /** The address behind the newest record that readers may see; always the end of a batch. */
  long end();

  /** An end that was true a moment ago, without looking again. */
  default long knownEnd() {
    return end();
  }

  /** Everything below survives a loss of power. */
  long durableEnd();

  /** Position of the newest record below {@link #end()}, -1 when there is none. */
  long head();
}
