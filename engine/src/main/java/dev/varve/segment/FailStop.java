package dev.varve.segment;

import dev.varve.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a log takes appends and syncs: after the first failure it takes none until it is reopened
 * ({@code INV-6}), and after a close neither. Reading goes on.
 */
final class FailStop {
  private volatile @Nullable Throwable failure;
  private volatile boolean canSync = true;
  private volatile boolean closed;

  /** Stops appends for want of space. What is there can still be made durable. */
  synchronized void refuseAppends(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** Stops appends and syncs. */
  synchronized void poison(Throwable cause) {
    refuseAppends(cause);
    canSync = false;
  }

  void close() {
    closed = true;
  }

  /** What stopped the log, {@code null} while it goes on. */
  @Nullable Throwable failure() {
    return failure;
  }

  boolean canSync() {
    return canSync;
  }

  boolean closed() {
    return closed;
  }

  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the log is closed");
    }
  }

  void checkAppend() {
    checkOpen();
    Throwable earlier = failure;
    if (earlier != null) {
      throw poisoned(earlier);
    }
  }

  void checkSync() {
    Throwable earlier = failure;
    if (earlier != null && !canSync) {
      throw poisoned(earlier);
    }
  }

  private static StorageException.Poisoned poisoned(Throwable earlier) {
    return new StorageException.Poisoned(
        "an earlier failure stopped this log, reopen it: " + earlier.getMessage(), earlier);
  }
}
