package dev.varve.chain;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does independent pieces of work at the same time, a bounded number of them. The caller's thread
 * takes part, so that all of it gets done even if the executor has no thread to spare.
 */
final class Parallel {
  private final Executor executor;
  private final int limit;

  Parallel(Executor executor, int limit) {
    this.executor = executor;
    this.limit = limit;
  }

  /**
   * Returns when the task has been done for each index from 0 on, and nothing of it is running any
   * more. An interrupt does not end the wait; it is kept. After a failure the rest is left out, and
   * the failure thrown.
   */
  void run(int count, IntConsumer task) {
    Share share = new Share(count, task);
    try {
      for (int helper = 1; helper < Math.min(limit, count); helper++) {
        executor.execute(share::work);
      }
    } catch (RejectedExecutionException busy) {
      // Then those who are there do it.
    }
    share.work();
    share.await();
  }

  private static final class Share {
    private final int count;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Share(int count, IntConsumer task) {
      this.count = count;
      this.task = task;
      open = new CountDownLatch(count);
    }

    void work() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            task.accept(i);
          }
        } catch (RuntimeException | Error thrown) {
          failure.compareAndSet(null, thrown);
        } finally {
          open.countDown();
        }
      }
    }

    void await() {
      boolean interrupted = false;
      while (open.getCount() > 0) {
        try {
          open.await();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      rethrow(failure.get());
    }

    private static void rethrow(@Nullable Throwable thrown) {
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
