package dev.varve.chain;

import dev.varve.StorageException.Unavailable;
import java.time.Duration;

/** Waits for the chain to grow by asking again and again, less and less often. */
final class EndPoll {
  private final BlobChainDriver driver;
  private final ChainOptions options;

  EndPoll(BlobChainDriver driver, ChainOptions options) {
    this.driver = driver;
    this.options = options;
  }

  /**
   * Whether the end lay behind a position before the time was over. The first question has the time
   * of a request at least; where the service falls silent later, its last answer counts.
   */
  boolean await(long position, Duration timeout) throws InterruptedException {
    Timing timing = options.timing();
    long over = nanos(timeout);
    long start = timing.nanoTime();
    long pause = options.firstPoll().toNanos();
    long left = Math.max(over, options.requestTimeout().toNanos());
    long end = end(Duration.ofNanos(left));
    while (end <= position) {
      left = over - (timing.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      timing.sleep(Duration.ofNanos(Math.min(left, pause)));
      pause = Math.min(2 * pause, options.pollLimit().toNanos());
      end = endOrLast(end, Duration.ofNanos(over - (timing.nanoTime() - start)));
    }
    return true;
  }

  /** The end, or the former one where less than an operation's time was too short for an answer. */
  private long endOrLast(long last, Duration most) throws InterruptedException {
    try {
      return end(most);
    } catch (Unavailable failure) {
      boolean refused =
          failure.getCause() instanceof ContainerException cause && cause.reason().certain();
      if (refused || most.compareTo(options.deadline()) >= 0) {
        throw failure;
      }
      return last;
    }
  }

  private long end(Duration most) throws InterruptedException {
    try {
      return driver.end(most);
    } catch (Unavailable failure) {
      if (Thread.interrupted()) {
        throw (InterruptedException) new InterruptedException("interrupted").initCause(failure);
      }
      throw failure;
    }
  }

  private static long nanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException centuries) {
      return timeout.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }
}
