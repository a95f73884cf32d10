package dev.varve.driver;

import dev.varve.codec.EventFrame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Events that are appended all or none, copied when they are added. Confined to one thread; {@link
 * #clear()} makes it usable again without allocation.
 */
public final class EventBatch {
  /** Most that a batch holds, in bytes of framed events: one append to an append blob. */
  public static final int MAX_BYTES = (4 << 20) - 64;

  /** The largest key. Keys are unsigned; 0 is reserved. */
  public static final long MAX_KEY = 0xFFFF_FFFFL;

  private static final int KEY_BYTES = 4;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[256];
  private int[] limits = new int[8];
  private int count;
  private int frameBytes;

  /** An empty batch. */
  public EventBatch() {}

  /** A batch of one event. */
  public static EventBatch of(long key, byte[] content) {
    return new EventBatch().add(key, content);
  }

  /**
   * Adds an event.
   *
   * @param key 1 to {@link #MAX_KEY}
   * @param content a multiple of 8 bytes, at most {@link EventFrame#MAX_CONTENT_BYTES}
   * @throws IllegalArgumentException for another key or content, and beyond {@link #MAX_BYTES} in
   *     all; the batch is as before
   */
  public EventBatch add(long key, byte[] content) {
    return add(key, content, 0, content.length);
  }

  /** Adds an event from a range of an array, like {@link #add(long, byte[])}. */
  public EventBatch add(long key, byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    int at = reserve(key, length);
    System.arraycopy(source, offset, bytes, at, length);
    return added(key, at, length);
  }

  /** Adds an event from memory, like {@link #add(long, byte[])}. */
  public EventBatch add(long key, MemorySegment content) {
    int length = (int) Math.min(content.byteSize(), Integer.MAX_VALUE);
    int at = reserve(key, length);
    MemorySegment.copy(content, ValueLayout.JAVA_BYTE, 0, bytes, at, length);
    return added(key, at, length);
  }

  /** Where the content of one more event goes; the event counts once {@link #added} is called. */
  private int reserve(long key, int length) {
    checkKey(key);
    checkLength(length);
    int at = size() + KEY_BYTES;
    if (frameBytes + EventFrame.frameBytes(length) > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a batch holds at most %d bytes; it has %d in %d events, and the next needs %d"
              .formatted(MAX_BYTES, frameBytes, count, EventFrame.frameBytes(length)));
    }
    if (at + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(at + length, 2 * bytes.length));
    }
    if (count == limits.length) {
      limits = Arrays.copyOf(limits, 2 * count);
    }
    return at;
  }

  private EventBatch added(long key, int at, int length) {
    INT.set(bytes, at - KEY_BYTES, (int) key);
    limits[count++] = at + length;
    frameBytes += EventFrame.frameBytes(length);
    return this;
  }

  private static void checkKey(long key) {
    if (key < 1 || key > MAX_KEY) {
      throw new IllegalArgumentException("a key is from 1 to %d, not %d".formatted(MAX_KEY, key));
    }
  }

  private static void checkLength(long length) {
    if (!EventFrame.allows(length)) {
      throw new IllegalArgumentException(
          "the content of an event is a multiple of 8 bytes, at most %d, not %d"
              .formatted(EventFrame.MAX_CONTENT_BYTES, length));
    }
  }

  private int size() {
    return count == 0 ? 0 : limits[count - 1];
  }

  /** Forgets the events. */
  public EventBatch clear() {
    count = 0;
    frameBytes = 0;
    return this;
  }

  /** Number of events. */
  public int count() {
    return count;
  }

  /** Bytes of all events when they are framed. */
  public int frameBytes() {
    return frameBytes;
  }

  /** Key of an event. */
  public long key(int index) {
    return Integer.toUnsignedLong((int) INT.get(bytes, offset(index)));
  }

  /** Bytes of an event's content. */
  public int contentBytes(int index) {
    return limits[Objects.checkIndex(index, count)] - offset(index) - KEY_BYTES;
  }

  /**
   * The array that holds all events as {@code u32 key | content}, little-endian. Only for reading,
   * and only until the batch changes.
   */
  public byte[] array() {
    return bytes;
  }

  /** Where in {@link #array()} an event's key is; its content follows. */
  public int offset(int index) {
    return Objects.checkIndex(index, count) == 0 ? 0 : limits[index - 1];
  }
}
