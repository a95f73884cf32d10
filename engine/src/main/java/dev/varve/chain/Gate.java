package dev.varve.chain;

/** Lets operations in until it is closed, and closes when the last one has left. */
final class Gate {
  private final String what;
  private int inside;
  private boolean closed;

  Gate(String what) {
    this.what = what;
  }

  /**
   * Begins an operation, which ends with {@link #leave}.
   *
   * @throws IllegalStateException once it is closed
   */
  synchronized void enter() {
    check();
    inside++;
  }

  /** Ends an operation. */
  synchronized void leave() {
    inside--;
    if (inside == 0) {
      notifyAll();
    }
  }

  /**
   * For a long operation inside: goes on only while the gate is open.
   *
   * @throws IllegalStateException once it is closed
   */
  synchronized void check() {
    if (closed) {
      throw new IllegalStateException(what + " is closed");
    }
  }

  /** Lets nobody in any more and waits for those inside. An interrupt is kept. */
  synchronized void close() {
    closed = true;
    boolean interrupted = false;
    while (inside > 0) {
      try {
        wait();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
