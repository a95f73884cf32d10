package dev.varve.chain;

import java.time.Duration;

/**
 * Lets those who were answered submit again before the next block leaves. Without it the submitters
 * fall into two halves, one on its way while the other waits, and half of every block is missing.
 * Only for the thread that appends.
 */
final class Gathering {
  /** The part of an append's time that may be spent on waiting for its next one. */
  private static final int PART = 16;

  /** Less is not worth a sleep. */
  private static final long LEAST_NANOS = 20_000;

  private final Timing timing;
  private long sentAt;
  private long pauseNanos;
  private int inPlay;

  Gathering(Timing timing) {
    this.timing = timing;
  }

  /** A block leaves. */
  void sent() {
    sentAt = timing.nanoTime();
  }

  /** It was answered; so many submissions were in it or waited behind it. */
  void answered(int submissions) {
    pauseNanos = (timing.nanoTime() - sentAt) / PART;
    inPlay = submissions;
  }

  /** Waits once, for a short time, if there were several and fewer than those wait now. */
  void await(SubmissionQueue queue) {
    if (inPlay > 1 && pauseNanos >= LEAST_NANOS && queue.size() < inPlay) {
      try {
        timing.sleep(Duration.ofNanos(pauseNanos));
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
      }
    }
    inPlay = 0;
  }
}
