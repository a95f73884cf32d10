package dev.varve.io;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs channel operations where no interrupt reaches them. A {@code FileChannel} closes itself when
 * its calling thread is interrupted, so each operation runs on a thread that nobody else knows.
 */
final class Uninterrupted {
  private Uninterrupted() {}

  /** An operation on a channel. */
  interface Operation<T> {
    T run() throws IOException;
  }

  /** Runs {@code operation}, waits for it whatever happens, and keeps the caller's interrupt. */
  static <T> T call(Operation<T> operation) throws IOException {
    Callable<T> callable = operation::run;
    FutureTask<T> task = new FutureTask<>(callable);
    Thread.ofPlatform().daemon().name("varve-channel").start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException again) {
          interrupted = true;
        } catch (ExecutionException failed) {
          throw rethrown(Objects.requireNonNull(failed.getCause()));
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException rethrown(Throwable cause) throws IOException {
    if (cause instanceof IOException failure) {
      throw failure;
    }
    if (cause instanceof RuntimeException failure) {
      throw failure;
    }
    if (cause instanceof Error failure) {
      throw failure;
    }
    return new IOException(cause);
  }
}
