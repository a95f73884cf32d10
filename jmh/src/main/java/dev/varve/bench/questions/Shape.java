package dev.varve.bench.questions;

/** How a case is measured. */
public enum Shape {
  /** Invocations of microseconds, repeated for as long as an iteration lasts. */
  STEADY,
  /**
   * The same in a log that overwrites what it drops, with more warm-up: where forks take turns,
   * what the setting up left is written back, and then the first write to each page of it is a
   * fault.
   */
  OVERWRITING,
  /**
   * As {@link #STEADY} with more iterations in a verdict run, for what differs more from one to the
   * next than from fork to fork.
   */
  UNEVEN,
  /** As {@link #STEADY} with iterations of a quarter of a second, for questions with many rows. */
  BRIEF,
  /** One invocation per iteration, each on fresh state, many of them; their median counts. */
  SHOTS,
  /** One invocation per iteration that takes seconds; a few of them, without warm-up. */
  LONG_SHOTS
}
