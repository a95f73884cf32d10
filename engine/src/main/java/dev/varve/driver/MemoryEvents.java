package dev.varve.driver;

import dev.varve.codec.EventFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The events of a {@link MemoryDriver}, each as {@code u32 key | content}, one behind the other in
 * chunks of one size. Guarded by the driver's lock.
 *
 * <p>An event's position counts framed bytes, so the position of event {@code i} and its place in
 * the chunks differ by what {@code i} frames have beyond key and content.
 */
final class MemoryEvents {
  private static final int KEY_BYTES = Integer.BYTES;
  private static final int UNSTORED_BYTES = EventFrame.OVERHEAD_BYTES - KEY_BYTES;
  private static final int CHUNK_BYTES = 16 << 10;

  private final List<byte[]> chunks = new ArrayList<>();

  /** Positions of the events, and behind the last of them the end. */
  private long[] positions = new long[16];

  private int count;

  long end() {
    return positions[count];
  }

  int count() {
    return count;
  }

  /** Position of an event; the end for the index behind the last. */
  long position(int index) {
    return positions[index];
  }

  /** Index of the event at a position, {@link #count()} for the end; negative where none is. */
  int indexOf(long position) {
    return Arrays.binarySearch(positions, 0, count + 1, position);
  }

  long key(int index) {
    long key = 0;
    for (int i = KEY_BYTES - 1; i >= 0; i--) {
      long place = place(index) + i;
      key = (key << 8) | (chunks.get(chunk(place))[offset(place)] & 0xFF);
    }
    return key;
  }

  /** Nothing is changed unless there is memory for all of it. */
  void append(EventBatch batch) {
    long place = place(count);
    int bytes = batch.frameBytes() - UNSTORED_BYTES * batch.count();
    reserve(place + bytes, count + batch.count() + 1);
    store(batch.array(), bytes, place);
    for (int i = 0; i < batch.count(); i++) {
      positions[count + i + 1] =
          positions[count + i] + EventFrame.frameBytes(batch.contentBytes(i));
    }
    count += batch.count();
  }

  private void reserve(long bytes, int events) {
    if (events > positions.length) {
      positions = Arrays.copyOf(positions, Math.max(events, 2 * positions.length));
    }
    while ((long) chunks.size() * CHUNK_BYTES < bytes) {
      chunks.add(new byte[CHUNK_BYTES]);
    }
  }

  /**
   * Shows as many events as the buffer holds.
   *
   * @return index of the first one that it does not hold
   */
  int show(int first, EventBuffer buffer) {
    int bytes = 0;
    int next = first;
    for (; next < count && storedBytes(next) <= buffer.capacityBytes() - bytes; next++) {
      buffer.add(positions[next], bytes, storedBytes(next) - KEY_BYTES);
      bytes += storedBytes(next);
    }
    load(place(first), buffer.array(), bytes);
    return next;
  }

  /** Bytes that an event takes in a buffer. */
  int storedBytes(int index) {
    return (int) (positions[index + 1] - positions[index]) - UNSTORED_BYTES;
  }

  private long place(int index) {
    return positions[index] - (long) UNSTORED_BYTES * index;
  }

  private void store(byte[] source, int bytes, long place) {
    for (int done = 0; done < bytes; ) {
      int offset = offset(place + done);
      int length = Math.min(bytes - done, CHUNK_BYTES - offset);
      System.arraycopy(source, done, chunks.get(chunk(place + done)), offset, length);
      done += length;
    }
  }

  private void load(long place, byte[] target, int bytes) {
    for (int done = 0; done < bytes; ) {
      int offset = offset(place + done);
      int length = Math.min(bytes - done, CHUNK_BYTES - offset);
      System.arraycopy(chunks.get(chunk(place + done)), offset, target, done, length);
      done += length;
    }
  }

  private static int chunk(long place) {
    return (int) (place / CHUNK_BYTES);
  }

  private static int offset(long place) {
    return (int) (place % CHUNK_BYTES);
  }
}
