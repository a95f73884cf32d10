package dev.varve.driver;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream in the memory of this process: the contract of {@link StorageDriver} at its simplest,
 * and what other drivers are compared with. Its events are gone with the last of its drivers.
 *
 * <p>Positions are bytes of framed events. It takes the bytes of keys and contents, at most 16 per
 * event more, and a constant. {@link #seek} looks at one event after the other and is exact.
 *
 * <p>An append is never {@link Append.Unknown}. Reads copy under the lock that orders the appends.
 */
public final class MemoryDriver implements StorageDriver {
  private final Stream stream;
  private boolean closed;

  /** A driver of a new, empty stream. */
  public MemoryDriver() {
    this(new Stream());
  }

  private MemoryDriver(Stream stream) {
    this.stream = stream;
  }

  /** Another driver of the same stream, which is closed on its own. Also after {@link #close}. */
  public MemoryDriver another() {
    return new MemoryDriver(stream);
  }

  @Override
  public long end() {
    stream.lock.lock();
    try {
      checkOpen();
      return stream.events.end();
    } finally {
      stream.lock.unlock();
    }
  }

  @Override
  public Append append(long expectedPosition, EventBatch batch) {
    checkPosition(expectedPosition);
    stream.lock.lock();
    try {
      checkOpen();
      MemoryEvents events = stream.events;
      if (expectedPosition != events.end()) {
        return new Append.Outdated(events.end());
      }
      events.append(batch);
      stream.grown.signalAll();
      return new Append.Appended(expectedPosition, events.end());
    } finally {
      stream.lock.unlock();
    }
  }

  @Override
  public long read(long position, EventBuffer buffer) {
    checkPosition(position);
    stream.lock.lock();
    try {
      checkOpen();
      MemoryEvents events = stream.events;
      int first = index(position);
      buffer.clear();
      int next = events.show(first, buffer);
      if (next == first && first < events.count()) {
        throw new BufferTooSmallException(
            position, events.storedBytes(first), buffer.capacityBytes());
      }
      return events.position(next);
    } finally {
      stream.lock.unlock();
    }
  }

  @Override
  public long lastKey() {
    stream.lock.lock();
    try {
      checkOpen();
      int count = stream.events.count();
      return count == 0 ? 0 : stream.events.key(count - 1);
    } finally {
      stream.lock.unlock();
    }
  }

  @Override
  public long seek(long key, long from) {
    if (key < 0 || key > EventBatch.MAX_KEY) {
      throw new IllegalArgumentException(
          "a key is from 0 to %d, not %d".formatted(EventBatch.MAX_KEY, key));
    }
    checkPosition(from);
    stream.lock.lock();
    try {
      checkOpen();
      int index = index(from);
      while (index < stream.events.count() && stream.events.key(index) < key) {
        index++;
      }
      return stream.events.position(index);
    } finally {
      stream.lock.unlock();
    }
  }

  @Override
  public boolean awaitEnd(long position, Duration timeout) throws InterruptedException {
    checkPosition(position);
    long left = TimeUnit.NANOSECONDS.convert(timeout);
    stream.lock.lock();
    try {
      checkOpen();
      while (stream.events.end() <= position && left > 0) {
        left = stream.grown.awaitNanos(left);
        checkOpen();
      }
      return stream.events.end() > position;
    } finally {
      stream.lock.unlock();
    }
  }

  @Override
  public void close() {
    stream.lock.lock();
    try {
      closed = true;
      stream.grown.signalAll();
    } finally {
      stream.lock.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the driver is closed");
    }
  }

  private static void checkPosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("a position is not negative, %d is".formatted(position));
    }
  }

  private int index(long position) {
    int index = stream.events.indexOf(position);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no event begins at position %d of a stream that ends at %d"
              .formatted(position, stream.events.end()));
    }
    return index;
  }

  /** What the drivers of a stream share. The lock guards the events, and who is closed. */
  private static final class Stream {
    final ReentrantLock lock = new ReentrantLock();
    final Condition grown = lock.newCondition();
    final MemoryEvents events = new MemoryEvents();
  }
}
