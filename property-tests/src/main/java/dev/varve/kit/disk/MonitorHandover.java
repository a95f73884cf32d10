package dev.varve.kit.disk;

/**
 * Waits until every monitor that has become free has reached the virtual thread that it was freed
 * for. Until then that thread counts as blocked, as if somebody still held the monitor.
 *
 * <p>The JVM has one thread of its own make blocked virtual threads ready again, batch by batch. A
 * thread that is blocked here for a moment comes behind those who were freed before it, or into the
 * batch of the last of them; a second one comes behind that batch.
 */
final class MonitorHandover {
  private static final int BATCHES = 2;

  private MonitorHandover() {}

  static void awaitAll() {
    for (int i = 0; i < BATCHES; i++) {
      awaitOne();
    }
  }

  // Until the thread is blocked it has only to be given its turn.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void awaitOne() {
    Object monitor = new Object();
    Thread blocked;
    synchronized (monitor) {
      blocked = Thread.startVirtualThread(() -> pass(monitor));
      while (blocked.getState() != Thread.State.BLOCKED) {
        Thread.yield();
      }
    }
    join(blocked);
  }

  private static void pass(Object monitor) {
    synchronized (monitor) {
      Thread.onSpinWait();
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
