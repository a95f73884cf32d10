package dev.varve.chain;

import java.time.Duration;

/** The time, and waiting for it to pass. Safe from any thread. */
public interface Timing {
  /** The machine's time. */
  Timing SYSTEM =
      new Timing() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  /** Nanoseconds since some moment; only differences mean something. */
  long nanoTime();

  /**
   * Lets that much time pass for the thread that calls.
   *
   * @throws InterruptedException when the thread is interrupted, before or meanwhile
   */
  void sleep(Duration duration) throws InterruptedException;
}
