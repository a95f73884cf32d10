package dev.varve.chain;

import java.time.Duration;

/** The time by which an operation has to be over. */
final class Deadline {
  private static final long LEAST_NANOS = 1_000_000;
  private final Timing timing;
  private final Duration requestTimeout;
  private final long end;

  /** Of an operation that begins now. */
  Deadline(ChainOptions options) {
    this(options, options.deadline());
  }

  /** Of an operation that begins now and may have less time than the options give. */
  Deadline(ChainOptions options, Duration most) {
    timing = options.timing();
    requestTimeout = options.requestTimeout();
    end = timing.nanoTime() + Math.min(options.deadline().toNanos(), most.toNanos());
  }

  /** How long the next request may take. */
  Duration requestTimeout() {
    long left = Math.max(LEAST_NANOS, leftNanos());
    return left < requestTimeout.toNanos() ? Duration.ofNanos(left) : requestTimeout;
  }

  /** Whether there is time left after a wait. */
  boolean allows(Duration wait) {
    return wait.compareTo(Duration.ofNanos(leftNanos())) < 0;
  }

  /** Whether the time has come. */
  boolean isOver() {
    return leftNanos() <= 0;
  }

  private long leftNanos() {
    return end - timing.nanoTime();
  }
}
