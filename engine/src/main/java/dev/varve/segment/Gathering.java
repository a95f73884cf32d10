package dev.varve.segment;

import java.util.function.LongSupplier;

/**
 * Lets a group come together before it is synced. Threads that append one after the other come back
 * at about the same time, just after they were served; a leader that goes at once takes along only
 * the first of them and the rest wait for a whole sync more. So it yields until as many wait as did
 * when the last sync ended, for a quarter of that sync's duration at most. A thread that is alone
 * never waits.
 *
 * <p>Those who wait for the leader yield as well, twice as long as the last sync took: sleeping
 * threads would be woken one after the other. Where a sync takes too long for that, they sleep.
 */
final class Gathering {
  private static final long LONGEST_YIELDING_NANOS = 1_000_000;

  private final LongSupplier nanoTime;
  private volatile long yieldingNanos;
  private volatile int waiting;
  private int round;
  private int settledRound;
  private int inRound;
  private int expected;
  private long startNanos;
  private long patienceNanos;

  Gathering(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** One more thread waits. Returns the round that is being gathered, for {@link #leave}. */
  synchronized int join() {
    waiting++;
    return round;
  }

  /** A thread that joined in {@code joined} waits no longer. */
  synchronized void leave(int joined) {
    if (joined >= settledRound) {
      waiting--;
      if (joined < round) {
        inRound--;
      }
    }
  }

  /** What the clock says, for {@link #isWorthYielding}. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** Whether a thread that waits for a sync since {@code start} should go on without sleeping. */
  boolean isWorthYielding(long start) {
    return nanoTime.getAsLong() - start < yieldingNanos;
  }

  /** Yields until the group is together, then closes it. Only the leader calls this. */
  // Nothing depends on whether a yield does anything: patience ends by the clock.
  @SuppressWarnings("ThreadPriorityCheck")
  void close() {
    long start = nanoTime.getAsLong();
    while (waiting < expected && nanoTime.getAsLong() - start < patienceNanos) {
      Thread.yield();
    }
    synchronized (this) {
      round++;
      inRound = waiting;
    }
    startNanos = nanoTime.getAsLong();
  }

  /** The group that was closed last has been synced. Only the leader calls this. */
  synchronized void served() {
    expected = waiting;
    waiting -= inRound;
    settledRound = round;
    long syncNanos = nanoTime.getAsLong() - startNanos;
    patienceNanos = syncNanos / 4;
    yieldingNanos = 2 * syncNanos <= LONGEST_YIELDING_NANOS ? 2 * syncNanos : 0;
  }
}
