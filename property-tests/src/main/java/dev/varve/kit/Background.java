package dev.varve.kit;

import org.jspecify.annotations.Nullable;

/** A thread of a test: its failure is the test's failure when the test waits for it. */
public final class Background {
  /** What the thread does. */
  @FunctionalInterface
  public interface Body {
    /** Does it; whatever it throws is the thread's failure. */
    void run() throws Exception;
  }

  private final Thread thread;
  private volatile @Nullable Throwable failure;

  private Background(Thread.Builder kind, String name, Body body) {
    thread = kind.name(name).unstarted(() -> runBody(body));
  }

  /** Starts a daemon of the platform. */
  public static Background start(String name, Body body) {
    return started(new Background(Thread.ofPlatform().daemon(), name, body));
  }

  /** Starts a virtual thread. */
  public static Background startVirtual(String name, Body body) {
    return started(new Background(Thread.ofVirtual(), name, body));
  }

  private static Background started(Background background) {
    background.thread.start();
    return background;
  }

  private void runBody(Body body) {
    try {
      body.run();
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** Whether the thread has ended by throwing. */
  public boolean failed() {
    return failure != null;
  }

  /** Interrupts the thread. */
  public void interrupt() {
    thread.interrupt();
  }

  /**
   * Waits for the thread to end.
   *
   * @throws AssertionError when the thread failed
   */
  public void join() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable cause = failure;
    if (cause != null) {
      throw new AssertionError("thread '%s' failed: %s".formatted(thread.getName(), cause), cause);
    }
  }
}
