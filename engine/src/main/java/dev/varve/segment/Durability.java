package dev.varve.segment;

import java.time.Duration;

/** What an append that has returned survives. */
public sealed interface Durability {
  /**
   * The end of the process. Filled segments become durable in the background, the rest with {@link
   * SegmentLog#sync()}.
   */
  Durability NONE = new None();

  /** A loss of power: {@code append} returns once the record is durable. */
  Durability SYNC = new Sync();

  /**
   * The end of the process at once, a loss of power after about this time.
   *
   * @param period time between syncs, more than zero
   */
  static Durability interval(Duration period) {
    return new Interval(period);
  }

  /** See {@link #NONE}. */
  record None() implements Durability {}

  /** See {@link #SYNC}. */
  record Sync() implements Durability {}

  /** See {@link #interval(Duration)}. */
  record Interval(Duration period) implements Durability {
    /** Refuses a period of zero or less. */
    public Interval {
      if (period.isNegative() || period.isZero()) {
        throw new IllegalArgumentException("period must be more than zero, is " + period);
      }
    }
  }
}
