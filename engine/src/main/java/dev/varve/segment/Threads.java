package dev.varve.segment;

/** Waiting that an interrupt does not cut short. */
final class Threads {
  private Threads() {}

  /**
   * Waits for a notification of a monitor that the caller holds, in a loop of the caller's.
   *
   * @return whether the thread was interrupted, which the caller restores when it has waited enough
   */
  @SuppressWarnings("WaitNotInLoop")
  static boolean pause(Object monitor) {
    try {
      monitor.wait();
      return false;
    } catch (InterruptedException later) {
      return true;
    }
  }

  /** Restores an interrupt that was put off. */
  static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end of a thread and keeps the caller's interrupt. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    restore(interrupted);
  }
}
