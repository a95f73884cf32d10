package dev.varve.driver;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a stream ends now, the key of its newest event, and those who wait for more. Both change at
 * once for everybody who looks. Safe from any thread; moved by one at a time.
 *
 * <p>Moving takes no lock while nobody waits. The end for which the key is meant is stored before
 * the key, the position behind both: a key that was read between two equal ends belongs to them,
 * and since positions only grow no other one can be mistaken for it.
 */
final class StreamEnd {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger waiters = new AtomicInteger();
  private volatile long position;
  private volatile boolean closed;
  private long lastKeyEnd;
  private long lastKey;

  StreamEnd(long position, long lastKey) {
    this.lastKeyEnd = position;
    this.lastKey = lastKey;
    this.position = position;
  }

  /** Moves to an end beyond the one so far. */
  void moveTo(long end, long newestKey) {
    lastKeyEnd = end;
    VarHandle.releaseFence();
    lastKey = newestKey;
    position = end;
    if (waiters.get() > 0) {
      wake();
    }
  }

  /** The position; a stream that was closed has none. */
  long position() {
    checkOpen();
    return position;
  }

  long lastKey() {
    while (true) {
      long end = position();
      long key = lastKey;
      VarHandle.acquireFence();
      if (lastKeyEnd == end) {
        return key;
      }
      Thread.onSpinWait();
    }
  }

  /** Waits until the position is beyond {@code behind}; false when the time was over first. */
  boolean await(long behind, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    // Counted before the first look: whoever moves on after that look finds it.
    int ignored = waiters.incrementAndGet();
    try {
      long left = nanos;
      while (position() <= behind && left > 0) {
        left = changed.awaitNanos(left);
      }
      return position() > behind;
    } finally {
      ignored = waiters.decrementAndGet();
      lock.unlock();
    }
  }

  /** Everybody who waits or comes later is refused. */
  void close() {
    closed = true;
    wake();
  }

  private void wake() {
    lock.lock();
    try {
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
