package dev.varve.segment;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/**
 * Records that are appended all or none. It holds references and copies nothing: what was added
 * must not change until the append has returned. Confined to one thread; {@link #clear()} makes it
 * usable again without allocation.
 */
public final class Batch {
  private Object[] sources = new Object[16];
  private long[] offsets = new long[16];
  private int[] lengths = new int[16];
  private int count;

  /** An empty batch. */
  public Batch() {}

  /** Adds a record. */
  public Batch add(byte[] payload) {
    return add(payload, 0, payload.length);
  }

  /** Adds a record from a range of an array. */
  public Batch add(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    return put(source, offset, length);
  }

  /** Adds a record from memory of at most 2 GiB. */
  public Batch add(MemorySegment payload) {
    return add(payload, 0, payload.byteSize());
  }

  /** Adds a record from a range of memory. */
  public Batch add(MemorySegment source, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, source.byteSize());
    return put(source, offset, Payload.checkedLength(length));
  }

  private Batch put(Object source, long offset, int length) {
    if (count == sources.length) {
      sources = Arrays.copyOf(sources, 2 * count);
      offsets = Arrays.copyOf(offsets, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    sources[count] = source;
    offsets[count] = offset;
    lengths[count] = length;
    count++;
    return this;
  }

  /** Number of records. */
  public int count() {
    return count;
  }

  /** Forgets the records. */
  public Batch clear() {
    Arrays.fill(sources, 0, count, null);
    count = 0;
    return this;
  }

  int length(int index) {
    return lengths[index];
  }

  /**
   * Refuses memory that has been closed or belongs to another thread, before anything is stored.
   */
  void checkReadable(int index) {
    if (sources[index] instanceof MemorySegment memory
        && !(memory.scope().isAlive() && memory.isAccessibleBy(Thread.currentThread()))) {
      throw new IllegalStateException("the memory of record " + index + " cannot be read");
    }
  }

  void into(Payload payload, int index) {
    if (sources[index] instanceof byte[] array) {
      payload.set(array, (int) offsets[index], lengths[index]);
    } else {
      payload.set((MemorySegment) sources[index], offsets[index], lengths[index]);
    }
  }
}
