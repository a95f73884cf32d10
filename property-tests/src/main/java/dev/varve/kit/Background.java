package dev.varve.kit;

import org.jspecify.annotations.Nullable;

/** A thread of a test: its failure is the test's failure when the test waits for it. */
final class Background {
  /** What the thread does. */
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  private final Thread thread;
  private volatile @Nullable Throwable failure;

  private Background(String name, Body body) {
    thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> runBody(body));
  }

  static Background start(String name, Body body) {
    Background background = new Background(name, body);
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
  boolean failed() {
    return failure != null;
  }

  /** Waits for the thread to end. */
  void join() {
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
