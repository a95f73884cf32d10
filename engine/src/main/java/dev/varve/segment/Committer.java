package dev.varve.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;

/**
 * Syncs for those who do not wait: after each interval, and for futures that are completed when
 * their records are durable. Futures complete on the common pool, so that no caller's code runs
 * here.
 */
final class Committer implements Runnable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Commit commit;
  private final Appender appender;
  private final long periodNanos;
  private final Thread thread;
  private final Runnable told;
  private List<Pending> pending = new ArrayList<>();
  private boolean started;
  private boolean stopped;

  private record Pending(long position, CompletableFuture<Long> future) {
    void succeed() {
      future.completeAsync(() -> position);
    }

    void fail(Throwable cause) {
      future.completeAsync(
          () -> {
            throw new CompletionException(cause);
          });
    }
  }

  /**
   * A period of 0 syncs only when asked.
   *
   * @param told called before a future tells somebody of a failure
   */
  Committer(
      Commit commit, Appender appender, long periodNanos, ThreadFactory threads, Runnable told) {
    this.commit = commit;
    this.appender = appender;
    this.periodNanos = periodNanos;
    this.thread = threads.newThread(this);
    this.told = told;
  }

  synchronized void start() {
    if (!started && !stopped) {
      started = true;
      thread.start();
    }
  }

  /** A future that completes with {@code position} once the record there is durable. */
  CompletableFuture<Long> whenDurable(long position) {
    Pending added = new Pending(position, new CompletableFuture<>());
    boolean late;
    synchronized (this) {
      late = stopped;
      if (!late) {
        pending.add(added);
        start();
        notifyAll();
      }
    }
    if (late) {
      settle(List.of(added));
    }
    return added.future();
  }

  @Override
  public void run() {
    while (awaitWork()) {
      commitAll();
    }
    commitAll();
  }

  private synchronized boolean awaitWork() {
    long left = periodNanos == 0 ? 0 : Math.max(1, periodNanos / NANOS_PER_MILLI);
    boolean elapsed = false;
    while (!stopped && pending.isEmpty() && !elapsed) {
      try {
        wait(left);
        elapsed = periodNanos != 0;
      } catch (InterruptedException nobodys) {
        elapsed = false;
      }
    }
    return !stopped;
  }

  private void commitAll() {
    List<Pending> group;
    synchronized (this) {
      group = pending;
      pending = new ArrayList<>();
    }
    settle(group);
  }

  /** By the time that the log is closed all is durable, or the failure is known. */
  private void settle(List<Pending> group) {
    try {
      commit.awaitDurable(appender.stagedEnd());
      group.forEach(Pending::succeed);
    } catch (RuntimeException | Error failed) {
      if (!group.isEmpty()) {
        told.run();
      }
      group.forEach(waiting -> waiting.fail(failed));
    }
  }

  /** Syncs a last time for those who wait, then ends the thread. */
  void stop() {
    boolean running;
    synchronized (this) {
      stopped = true;
      running = started;
      notifyAll();
    }
    if (running) {
      Threads.join(thread);
    }
  }
}
