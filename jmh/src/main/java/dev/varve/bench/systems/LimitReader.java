package dev.varve.bench.systems;

import static dev.varve.bench.systems.LimitLog.BLOCK_BYTES;
import static dev.varve.bench.systems.LimitLog.CHECK_OFFSET;
import static dev.varve.bench.systems.LimitLog.FIRST;
import static dev.varve.bench.systems.LimitLog.HEADER_BYTES;
import static dev.varve.bench.systems.LimitLog.INT;
import static dev.varve.bench.systems.LimitLog.LAST;
import static dev.varve.bench.systems.LimitLog.LOG_SEED;
import static dev.varve.bench.systems.LimitLog.LONG;
import static dev.varve.bench.systems.LimitLog.SIZE_MASK;
import static dev.varve.bench.systems.LimitLog.SLOT_BYTES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The least work that reads records of {@link LimitLog} back: a block is copied out, then checked
 * where it is in cache, and its records are handed over from the copy.
 */
final class LimitReader {
  /** What is compared with the check of a record. */
  enum Check {
    /** Header and payload, as the format says. */
    FRAME,
    /** The payload alone. */
    PAYLOAD,
    /** Nothing. */
    NOTHING
  }

  private static final ValueLayout.OfInt INT_IN_MEMORY =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final LimitSegments segments;
  private final Check check;
  private final CRC32C crc = new CRC32C();
  private final byte[] block = new byte[BLOCK_BYTES];
  private final int[] offsets = new int[BLOCK_BYTES / (HEADER_BYTES + SLOT_BYTES) + 1];
  private final byte[] whole;
  private int assembled;

  LimitReader(LimitSegments segments, Check check, int payloadBytes) {
    this.segments = segments;
    this.check = check;
    this.whole = new byte[payloadBytes];
  }

  /** Hands over records of the range, oldest first. */
  void forward(long from, long end, long limit, Answer answer) {
    long left = limit;
    assembled = 0;
    for (long start = from; start < end && left > 0; start += BLOCK_BYTES) {
      load(start);
      int offset = 0;
      for (int slotAt = BLOCK_BYTES - SLOT_BYTES; left > 0; slotAt -= SLOT_BYTES) {
        int slot = (int) INT.get(block, slotAt);
        if (slot == 0 || start + offset >= end) {
          break;
        }
        if (take(start, offset, slot, answer)) {
          left--;
        }
        offset += slot & SIZE_MASK;
      }
    }
  }

  /** Hands over whole records of the range, newest first. */
  void backward(long from, long end, long limit, Answer answer) {
    long left = limit;
    for (long start = (end - 1) & -BLOCK_BYTES; start >= from && left > 0; start -= BLOCK_BYTES) {
      load(start);
      for (int k = count(start, end) - 1; k >= 0 && left > 0; k--) {
        take(start, offsets[k], slot(k), answer);
        left--;
      }
    }
  }

  /** Hands over the whole record at a position. */
  void at(long position, Answer answer) {
    MemorySegment memory = segments.segment(position / LimitSegments.SEGMENT_BYTES);
    long start = position % LimitSegments.SEGMENT_BYTES & -BLOCK_BYTES;
    int target = (int) (position % BLOCK_BYTES);
    long slotAt = start + BLOCK_BYTES - SLOT_BYTES;
    int slot = memory.get(INT_IN_MEMORY, slotAt);
    for (int offset = 0; offset < target; slot = memory.get(INT_IN_MEMORY, slotAt)) {
      offset += slot & SIZE_MASK;
      slotAt -= SLOT_BYTES;
    }
    int size = slot & SIZE_MASK;
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, start + target, block, target, size);
    take(position - target, target, slot, answer);
  }

  private void load(long start) {
    MemorySegment memory = segments.segment(start / LimitSegments.SEGMENT_BYTES);
    long offset = start % LimitSegments.SEGMENT_BYTES;
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, block, 0, BLOCK_BYTES);
  }

  private int slot(int k) {
    return (int) INT.get(block, BLOCK_BYTES - SLOT_BYTES * (k + 1));
  }

  private int count(long start, long end) {
    int offset = 0;
    int k = 0;
    for (int slot = slot(0); slot != 0 && start + offset < end; slot = slot(k)) {
      offsets[k++] = offset;
      offset += slot & SIZE_MASK;
    }
    return k;
  }

  /** Returns true when a record is complete, false after a fragment that others follow. */
  private boolean take(long start, int offset, int slot, Answer answer) {
    int size = slot & SIZE_MASK;
    verify(start, offset, slot, size);
    int length = size - HEADER_BYTES;
    if (slot == size) {
      hand(block, offset + HEADER_BYTES, length, answer);
      return true;
    }
    int kind = slot & ~SIZE_MASK;
    if (kind == FIRST) {
      assembled = 0;
    } else if (assembled == 0) {
      // The first fragments of this record are no longer kept.
      return false;
    }
    System.arraycopy(block, offset + HEADER_BYTES, whole, assembled, length);
    assembled += length;
    if (kind == LAST) {
      hand(whole, 0, assembled, answer);
      assembled = 0;
    }
    return kind == LAST;
  }

  private void verify(long start, int offset, int slot, int size) {
    if (check == Check.NOTHING) {
      return;
    }
    long word = (long) LONG.get(block, offset + CHECK_OFFSET);
    int stored = (int) word;
    crc.reset();
    if (check == Check.FRAME) {
      int back = (int) (word >>> Integer.SIZE);
      LONG.set(block, offset + CHECK_OFFSET, LimitLog.word(LOG_SEED ^ slot, back));
      crc.update(block, offset, size);
    } else {
      crc.update(block, offset + HEADER_BYTES, size - HEADER_BYTES);
    }
    if (stored != (int) crc.getValue() || (long) LONG.get(block, offset) != start + offset) {
      throw new IllegalStateException("wrong answer: damaged record at " + (start + offset));
    }
  }

  private void hand(byte[] source, int offset, int length, Answer answer) {
    long seal = (long) LONG.get(source, offset + length - Long.BYTES);
    if (answer.record((long) LONG.get(source, offset), seal, length)) {
      byte[] content = new byte[length];
      System.arraycopy(source, offset, content, 0, length);
      answer.content(content);
    }
  }
}
