package dev.varve.segment;

import dev.varve.codec.RecordCheck;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The caller's bytes of one record, in an array or in memory: covered by the check where they are,
 * then copied once. Reused for every record; the view of the latest memory is kept, so that appends
 * from one memory allocate nothing.
 */
final class Payload {
  private static final byte[] NONE = new byte[0];

  private byte[] array = NONE;
  private boolean fromMemory;
  private MemorySegment given = MemorySegment.NULL;
  private MemorySegment memory = MemorySegment.NULL;
  private @Nullable ByteBuffer view;
  private long offset;
  private int length;

  /** A length that an array can have; every batch limit is below. */
  static int checkedLength(long length) {
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%d payload bytes are more than any batch limit".formatted(length));
    }
    return (int) length;
  }

  void set(byte[] source, int from, int bytes) {
    array = source;
    fromMemory = false;
    offset = from;
    length = bytes;
  }

  /** Comparing by identity is enough: a view too few is only made again. */
  @SuppressWarnings({"ReferenceEquality", "MemorySegmentReferenceEquality"})
  void set(MemorySegment source, long from, int bytes) {
    if (given != source) {
      memory = byteAddressed(source);
      view = memory.byteSize() > Integer.MAX_VALUE ? null : memory.asByteBuffer();
      given = memory;
    }
    fromMemory = true;
    offset = from;
    length = bytes;
  }

  /**
   * Memory over an array of something else than bytes has no buffer: its bytes are copied, each
   * time anew, since they may change between appends.
   */
  private static MemorySegment byteAddressed(MemorySegment source) {
    return source.isNative() || isBytes(source)
        ? source
        : MemorySegment.ofArray(source.toArray(ValueLayout.JAVA_BYTE));
  }

  /** A read-only memory does not show its array, but only bytes have an address at every offset. */
  private static boolean isBytes(MemorySegment heap) {
    return heap.maxByteAlignment() == Byte.BYTES;
  }

  int length() {
    return length;
  }

  void cover(RecordCheck check, int from, int bytes) {
    if (!fromMemory) {
      check.update(array, (int) offset + from, bytes);
      return;
    }
    ByteBuffer buffer = view;
    if (buffer == null) {
      check.update(memory.asSlice(offset + from, bytes).asByteBuffer());
      return;
    }
    int start = (int) offset + from;
    check.update(buffer.limit(start + bytes).position(start));
  }

  void copy(int from, int bytes, MemorySegment target, long targetOffset) {
    if (!fromMemory) {
      MemorySegment.copy(
          array, (int) offset + from, target, ValueLayout.JAVA_BYTE, targetOffset, bytes);
    } else {
      MemorySegment.copy(memory, offset + from, target, targetOffset, bytes);
    }
  }
}
