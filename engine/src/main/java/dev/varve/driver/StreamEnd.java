package dev.varve.driver;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a stream ends now, the key of its newest event, and those who wait for more. Both change at
 * once for everybody who looks. Safe from any thread; moved by one at a time.
 */
final class StreamEnd {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile long position;
  private volatile boolean closed;
  private long lastKey;

  StreamEnd(long position, long lastKey) {
    this.position = position;
    this.lastKey = lastKey;
  }

  void moveTo(long end, long newestKey) {
    lock.lock();
    try {
      lastKey = newestKey;
      position = end;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The position; a stream that was closed has none. */
  long position() {
    checkOpen();
    return position;
  }

  long lastKey() {
    lock.lock();
    try {
      checkOpen();
      return lastKey;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the position is beyond {@code behind}; false when the time was over first. */
  boolean await(long behind, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (position() <= behind && left > 0) {
        left = changed.awaitNanos(left);
      }
      return position() > behind;
    } finally {
      lock.unlock();
    }
  }

  /** Everybody who waits or comes later is refused. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the stream is closed");
    }
  }
}
