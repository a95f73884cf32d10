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

  /** Whether the end lay behind a position before the time was over. */
  boolean await(long position, Duration timeout) throws InterruptedException {
    Timing timing = options.timing();
    long start = timing.nanoTime();
    long most = nanos(timeout);
    long pause = options.firstPoll().toNanos();
    while (end() <= position) {
      long left = most - (timing.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      timing.sleep(Duration.ofNanos(Math.min(left, pause)));
      pause = Math.min(2 * pause, options.pollLimit().toNanos());
    }
    return true;
  }

  private long end() throws InterruptedException {
    try {
      return driver.end();
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
