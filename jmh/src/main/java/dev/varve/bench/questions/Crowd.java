package dev.varve.bench.questions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that do the same at the same time, for requests that last longer than JMH's iterations
 * should: its own threads count what each of them did in a time of its own, which favours those
 * that wait long.
 */
final class Crowd implements AutoCloseable {
  /** What one of the threads does. */
  interface Work {
    /** Does it; {@code thread} is from 0 on. */
    void run(int thread);
  }

  private final int threads;
  private final ExecutorService executor;

  Crowd(int threads) {
    this.threads = threads;
    executor = Executors.newFixedThreadPool(threads);
  }

  /** Has all threads work; returns when all are done, with how long that took. */
  long run(Work work) {
    long begin = System.nanoTime();
    List<Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      all.add(executor.submit(() -> work.run(number)));
    }
    try {
      for (Future<?> one : all) {
        Object ignored = one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return System.nanoTime() - begin;
  }

  @Override
  public void close() {
    executor.close();
  }
}
