package dev.varve.driver;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Events that were read, in memory that is used again by every read. An event takes its content and
 * up to 12 bytes more, and a medium may have bytes of its own between events. Confined to one
 * thread; what it shows is valid until it is read into again.
 */
public final class EventBuffer {
  private static final int KEY_BYTES = 4;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final MemorySegment memory;
  private int[] offsets = new int[16];
  private int[] contentBytes = new int[16];
  private long[] positions = new long[16];
  private int count;

  /** A buffer of {@code capacityBytes}, at least 16. */
  public EventBuffer(int capacityBytes) {
    if (capacityBytes < 16) {
      throw new IllegalArgumentException("a buffer has at least 16 bytes, not " + capacityBytes);
    }
    bytes = new byte[capacityBytes];
    memory = MemorySegment.ofArray(bytes);
  }

  /** Bytes it can hold. */
  public int capacityBytes() {
    return bytes.length;
  }

  /** Number of events. */
  public int count() {
    return count;
  }

  /** Position of an event in the stream. */
  public long position(int index) {
    return positions[Objects.checkIndex(index, count)];
  }

  /** Key of an event, 1 to 4,294,967,295. */
  public long key(int index) {
    return Integer.toUnsignedLong((int) INT.get(bytes, offsets[Objects.checkIndex(index, count)]));
  }

  /** Bytes of an event's content. */
  public int contentBytes(int index) {
    return contentBytes[Objects.checkIndex(index, count)];
  }

  /** Where in {@link #memory()} an event's content begins. */
  public int contentOffset(int index) {
    return offsets[Objects.checkIndex(index, count)] + KEY_BYTES;
  }

  /** All of the buffer, read-only. */
  public MemorySegment memory() {
    return memory.asReadOnly();
  }

  /** A copy of an event's content. */
  public byte[] content(int index) {
    int offset = contentOffset(index);
    return Arrays.copyOfRange(bytes, offset, offset + contentBytes[index]);
  }

  /**
   * For drivers: the array to store events into, before {@link #add} says where they are. Its
   * former events are forgotten with {@link #clear()}.
   */
  public byte[] array() {
    return bytes;
  }

  /** For drivers: forgets the events. */
  public void clear() {
    count = 0;
  }

  /**
   * For drivers: the event at {@code position} of the stream lies in {@link #array()} from {@code
   * offset} on, as {@code u32 key | content}, little-endian.
   */
  public void add(long position, int offset, int length) {
    Objects.checkFromIndexSize(offset, KEY_BYTES + length, bytes.length);
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
      contentBytes = Arrays.copyOf(contentBytes, 2 * count);
      positions = Arrays.copyOf(positions, 2 * count);
    }
    positions[count] = position;
    offsets[count] = offset;
    contentBytes[count] = length;
    count++;
  }
}
