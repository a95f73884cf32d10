package dev.varve.segment;

import static dev.varve.segment.FrameLayout.HEADER_BYTES;
import static dev.varve.segment.FrameLayout.SLOT_BYTES;

import dev.varve.codec.Crc32cCheck;
import dev.varve.codec.RecordCheck;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A private copy of one block and an index of its frames. Everything that is read from a log passes
 * through here: copied first, verified in the copy, handed out from the copy.
 */
final class Block {
  static final long UNKNOWN = -1;

  private final Geometry geometry;
  private final RecordCheck check;
  private final byte[] bytes;
  private final MemorySegment memory;
  private final int[] offsets;
  private long start = UNKNOWN;
  private int count;
  private int limit;
  private boolean insane;

  Block(Geometry geometry) {
    this.geometry = geometry;
    this.check = geometry.check().newCheck(geometry.logId());
    this.bytes = new byte[geometry.blockSize()];
    this.memory = MemorySegment.ofArray(bytes);
    this.offsets = new int[geometry.blockSize() / (HEADER_BYTES + SLOT_BYTES) + 2];
  }

  /** The copy's array, to be filled before {@link #index}. */
  byte[] bytes() {
    return bytes;
  }

  MemorySegment memory() {
    return memory;
  }

  /** Position of the first byte, {@link #UNKNOWN} before the first load. */
  long start() {
    return start;
  }

  /** Forgets what was loaded. */
  void forget() {
    start = UNKNOWN;
    count = 0;
  }

  /** Finds the frames of the block that was copied in. */
  void index(long blockStart) {
    start = blockStart;
    insane = false;
    int offset = 0;
    int frames = 0;
    for (int slotAt = bytes.length - SLOT_BYTES; slotAt >= offset; slotAt -= SLOT_BYTES) {
      int slot = (int) FrameLayout.INT.get(bytes, slotAt);
      if (slot == 0) {
        break;
      }
      int size = sizeOf(slot);
      if (size < HEADER_BYTES || size > slotAt - offset) {
        insane = true;
        break;
      }
      offsets[frames++] = offset;
      offset += size;
    }
    offsets[frames] = offset;
    count = frames;
    limit = offset;
  }

  /** The frame size that a slot states, -1 for a slot that no writer of this kind makes. */
  private int sizeOf(int slot) {
    if (!geometry.crc()) {
      return slot;
    }
    return FrameLayout.reservedBitsAreZero(slot) ? FrameLayout.size(slot) : -1;
  }

  /** Number of frames whose slots are sane. */
  int count() {
    return count;
  }

  /** Whether a slot behind the last sane one is neither zero nor possible. */
  boolean insane() {
    return insane;
  }

  /** Position behind the last sane frame. */
  long limit() {
    return start + limit;
  }

  /** Index of the frame that starts at {@code position}, -1 when none does. */
  int indexOf(long position) {
    int wanted = (int) (position - start);
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (offsets[middle] == wanted) {
        return middle;
      }
      if (offsets[middle] < wanted) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Number of frames that start before {@code position}. */
  int countBefore(long position) {
    long wanted = position - start;
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (offsets[middle] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int slot(int index) {
    return (int) FrameLayout.INT.get(bytes, bytes.length - (index + 1) * SLOT_BYTES);
  }

  long position(int index) {
    return start + offsets[index];
  }

  int offset(int index) {
    return offsets[index];
  }

  int size(int index) {
    return offsets[index + 1] - offsets[index];
  }

  long end(int index) {
    return position(index) + size(index);
  }

  int kind(int index) {
    return geometry.crc() ? FrameLayout.kind(slot(index)) : FrameLayout.WHOLE;
  }

  /** Whether the frame is the last of its atomic unit. */
  boolean closesUnit(int index) {
    return !geometry.crc() || !FrameLayout.continues(slot(index));
  }

  /**
   * Whether a frame that is not valid closed its unit, as far as anything still says so: its check
   * under other flags, where those were hit, or else its slot, where what follows confirms it.
   */
  boolean damagedFrameCloses(int index) {
    if (!geometry.crc()) {
      return true;
    }
    int size = size(index);
    for (int kind = FrameLayout.WHOLE; kind <= FrameLayout.LAST; kind += FrameLayout.FIRST) {
      if (check.matches(bytes, offsets[index], size, size | kind)) {
        return true;
      }
      if (check.matches(bytes, offsets[index], size, size | kind | FrameLayout.CONTINUES)) {
        return false;
      }
    }
    return closesUnit(index) && sizeIsConfirmed(index, size);
  }

  /** Whether the next frame follows a frame of this size, or nothing but padding does. */
  private boolean sizeIsConfirmed(int index, int size) {
    int next = index + 1;
    if (next < count) {
      return valid(next) && back(next) == size;
    }
    int at = limit;
    int slots = bytes.length - next * SLOT_BYTES;
    while (at < slots && bytes[at] == 0) {
      at++;
    }
    return at == slots;
  }

  /** The durable batch end that the frame's writer knew; 0 where the kind has none. */
  long mark(int index) {
    return geometry.crc() ? Crc32cCheck.mark(bytes, offsets[index]) : 0;
  }

  /** Distance to the frame before it; 0 for the first of a log and where the kind has none. */
  long back(int index) {
    return geometry.crc() ? Integer.toUnsignedLong(Crc32cCheck.back(bytes, offsets[index])) : 0;
  }

  /**
   * Verifies frames behind one that was verified, in one go: the checks of neighbours overlap in
   * the core as long as nothing else is done between them.
   *
   * @return index of the first frame from {@code index} on that is not a valid whole record in its
   *     place
   */
  int soundLimit(int index) {
    if (!geometry.crc()) {
      return index;
    }
    int[] starts = offsets;
    int frames = count;
    int k = index;
    while (k < frames && sound(k, starts[k], starts[k + 1]) && follows(starts[k - 1], starts[k])) {
      k++;
    }
    return k;
  }

  /**
   * The same for frames before one that was verified.
   *
   * @return the lowest index from which on all frames before {@code index} are valid whole records
   *     in their places
   */
  int soundFrom(int index) {
    if (!geometry.crc()) {
      return index;
    }
    int[] starts = offsets;
    int k = index;
    while (k > 0 && follows(starts[k - 1], starts[k]) && sound(k - 1, starts[k - 1], starts[k])) {
      k--;
    }
    return k;
  }

  private boolean sound(int index, int from, int to) {
    int slot = slot(index);
    long position = start + from;
    long mark = Crc32cCheck.mark(bytes, from);
    return (slot & ~FrameLayout.CONTINUES) == to - from
        && (long) FrameLayout.LONG.get(bytes, from) == position
        && mark >= 0
        && mark <= position
        && check.matches(bytes, from, to - from, slot);
  }

  /** Whether a frame says that the one that is before it in the block is its neighbour. */
  private boolean follows(int before, int offset) {
    return Crc32cCheck.back(bytes, offset) == offset - before;
  }

  /** Whether the frame is whole and at its own address. */
  boolean valid(int index) {
    return fault(index, UNKNOWN) == null;
  }

  /**
   * What is wrong with a frame; {@code null} when nothing is.
   *
   * @param previous position of the frame before it, {@link #UNKNOWN} where that is not known
   */
  @Nullable Fault fault(int index, long previous) {
    int offset = offsets[index];
    long position = start + offset;
    long stored = (long) FrameLayout.LONG.get(bytes, offset);
    if (stored != position) {
      return new Fault(position, "position " + position, "position " + stored);
    }
    if (!check.matches(bytes, offset, size(index), slot(index))) {
      return new Fault(
          position, "a record that matches its check", "a " + geometry.check() + " that differs");
    }
    return geometry.crc() ? chainFault(index, previous) : null;
  }

  private @Nullable Fault chainFault(int index, long previous) {
    long position = position(index);
    long mark = mark(index);
    if (mark < 0 || mark > position) {
      return new Fault(position, "a mark from 0 to " + position, "mark " + mark);
    }
    long back = back(index);
    if (previous == UNKNOWN || back == position - previous) {
      return null;
    }
    long hole = back > 0 && back < position - previous ? position - back : previous;
    return new Fault(
        hole,
        "a record that begins at " + (position - back),
        back == 0 ? "the first record of a log at " + position : "none before " + position);
  }

  /**
   * What is missing between {@code begin} and the first valid frame that was met from there; {@code
   * null} when nothing is.
   */
  @Nullable Fault missingBefore(int index, long begin) {
    long back = back(index);
    long before = position(index) - back;
    return back > 0 && before >= begin
        ? new Fault(before, "a record at " + before, "none before " + position(index))
        : null;
  }

  /** Whether the array begins with a valid frame of this position and slot, and nothing else. */
  boolean holdsAlone(long position, int slot) {
    return (long) FrameLayout.LONG.get(bytes, 0) == position
        && check.matches(bytes, 0, FrameLayout.size(slot), slot)
        && (!geometry.crc() || Crc32cCheck.mark(bytes, 0) <= position);
  }

  /** The position that the header of a frame at {@code position} would state, -1 without room. */
  long storedPosition(long position) {
    int offset = (int) (position - start);
    return offset + Long.BYTES <= bytes.length ? (long) FrameLayout.LONG.get(bytes, offset) : -1;
  }

  /** What the next slot says when it is not sane. */
  Fault insanity() {
    int slot = slot(count);
    return new Fault(
        limit(),
        "a size slot of at most %d bytes"
            .formatted(bytes.length - limit - (count + 1) * SLOT_BYTES),
        "slot 0x%08x".formatted(slot));
  }

  /** Why a frame is invalid, and the position at which a valid one was expected. */
  record Fault(long position, String expected, String found) {}
}
