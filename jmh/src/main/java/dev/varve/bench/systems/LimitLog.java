package dev.varve.bench.systems;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * The least work that puts records into the format of {@code docs/formats/segment-log.md}: blocks
 * with size slots from their end, 24-byte headers, CRC-32C over header and payload as the format
 * covers them, large records in fragments, the end released last. No locks, no errors, no marks
 * that would have to be true. It repeats the layout on purpose: a limit shares no code with what it
 * bounds.
 */
final class LimitLog {
  static final int BLOCK_BYTES = 4096;
  static final int HEADER_BYTES = 24;
  static final int CHECK_OFFSET = 8;
  static final int MARK_OFFSET = 16;
  static final int SLOT_BYTES = 4;
  static final int SIZE_MASK = 0xFFFFFF;
  static final int FIRST = 1 << 24 | 1 << 26;
  static final int MIDDLE = 2 << 24 | 1 << 26;
  static final int LAST = 3 << 24;
  static final int LOG_SEED = 0x5EED5EED;

  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG_IN_MEMORY =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int LARGEST_WHOLE = BLOCK_BYTES - HEADER_BYTES - 2 * SLOT_BYTES;
  private static final int SMALLEST_FRAGMENT = 64;

  private final LimitSegments segments;
  private final boolean payloadCheckOnly;
  private final byte[] frame = new byte[BLOCK_BYTES];
  private final CRC32C crc = new CRC32C();
  private final AtomicLong end = new AtomicLong();
  private MemorySegment memory;
  private long segmentStart;
  private int block;
  private int offset;
  private int slots;
  private long previous;

  /** An empty log; "payload check only" is the leaner loop, which covers less. */
  LimitLog(LimitSegments segments, boolean payloadCheckOnly) {
    this.segments = segments;
    this.payloadCheckOnly = payloadCheckOnly;
    this.memory = segments.next(0);
  }

  /** Appends a record and returns its position. */
  long append(byte[] payload) {
    long position;
    if (payload.length > LARGEST_WHOLE) {
      position = appendFragments(payload);
    } else {
      if (room() < payload.length) {
        nextBlock();
      }
      position = put(payload, 0, payload.length, 0);
    }
    long newEnd = segmentStart + block + offset;
    end.setRelease(newEnd);
    segments.stored(position, newEnd);
    return position;
  }

  long end() {
    return end.getAcquire();
  }

  /** Where the oldest segment that can be read starts. */
  long oldest() {
    return Math.max(0, segmentStart - (segments.kept() - 1) * LimitSegments.SEGMENT_BYTES);
  }

  private long appendFragments(byte[] payload) {
    if (room() < SMALLEST_FRAGMENT) {
      nextBlock();
    }
    int from = room();
    final long position = put(payload, 0, from, FIRST);
    for (; payload.length - from > LARGEST_WHOLE; from += LARGEST_WHOLE) {
      nextBlock();
      put(payload, from, LARGEST_WHOLE, MIDDLE);
    }
    nextBlock();
    put(payload, from, payload.length - from, LAST);
    return position;
  }

  /** Payload bytes that still fit this block, with a slot for them and one for the terminator. */
  private int room() {
    return BLOCK_BYTES - offset - SLOT_BYTES * (slots + 2) - HEADER_BYTES;
  }

  private void nextBlock() {
    block += BLOCK_BYTES;
    offset = 0;
    slots = 0;
    if (block == LimitSegments.SEGMENT_BYTES) {
      block = 0;
      segmentStart += LimitSegments.SEGMENT_BYTES;
      memory = segments.next(segmentStart / LimitSegments.SEGMENT_BYTES);
    }
  }

  private long put(byte[] payload, int from, int length, int flags) {
    int size = HEADER_BYTES + length;
    int slot = size | flags;
    long position = segmentStart + block + offset;
    encode(position, slot, payload, from, length);
    MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, (long) block + offset, size);
    // The slot and, below it, the terminator in one store.
    int slotAt = block + BLOCK_BYTES - SLOT_BYTES * (slots + 2);
    memory.set(LONG_IN_MEMORY, slotAt, (long) slot << 32);
    previous = position;
    offset += size;
    slots++;
    return position;
  }

  private void encode(long position, int slot, byte[] payload, int from, int length) {
    byte[] target = frame;
    LONG.set(target, 0, position);
    int back = (int) (position - previous);
    LONG.set(target, CHECK_OFFSET, word(LOG_SEED ^ slot, back));
    LONG.set(target, MARK_OFFSET, 0L);
    System.arraycopy(payload, from, target, HEADER_BYTES, length);
    crc.reset();
    if (payloadCheckOnly) {
      crc.update(target, HEADER_BYTES, length);
    } else {
      crc.update(target, 0, HEADER_BYTES + length);
    }
    LONG.set(target, CHECK_OFFSET, word((int) crc.getValue(), back));
  }

  /** Check and back in one store: a CRC that reads what was stored in two pieces has to wait. */
  static long word(int check, int back) {
    return Integer.toUnsignedLong(check) | (long) back << Integer.SIZE;
  }
}
