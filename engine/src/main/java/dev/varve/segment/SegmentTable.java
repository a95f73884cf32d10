package dev.varve.segment;

import dev.varve.StorageException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a log, oldest first and without gaps, and the way to their bytes.
 *
 * <p>Readers take no lock: they copy a block out and then look whether its segment has been dropped
 * meanwhile ({@code INV-5}: a dropped segment leaves the table before its memory is written again).
 */
final class SegmentTable {
  private final Geometry geometry;
  private volatile View view;
  private volatile boolean closed;
  private volatile boolean judged;
  private volatile Runnable whenMissing = () -> {};

  /** Reports where the log begins to those who came too late. */
  private volatile long tail;

  SegmentTable(Geometry geometry, long firstStart, long tail) {
    this.geometry = geometry;
    this.view = new View(firstStart, 0, new Segment[16], 0);
    this.tail = tail;
  }

  Geometry geometry() {
    return geometry;
  }

  long tail() {
    return tail;
  }

  /** Moves the tail on; it never goes back, whoever comes last. */
  synchronized void tail(long position) {
    tail = Math.max(tail, position);
  }

  /** What learns of a new tail when a file that should be there has gone. */
  void whenMissing(Runnable refresh) {
    whenMissing = refresh;
  }

  /** The start of the oldest segment. */
  long firstStart() {
    return view.firstStart;
  }

  /** The position behind the newest segment. */
  long limit() {
    View now = view;
    return now.firstStart + (long) now.count * geometry.segmentSize();
  }

  /** Adds the segment that starts at {@link #limit()}. */
  synchronized void add(Segment segment) {
    View now = view;
    Segment[] segments = now.segments;
    int index = now.from + now.count;
    if (index == segments.length) {
      int larger = Math.max(16, 2 * now.count);
      Segment[] copy = new Segment[larger];
      System.arraycopy(segments, now.from, copy, 0, now.count);
      segments = copy;
      index = now.count;
    }
    segments[index] = segment;
    view = new View(now.firstStart, index - now.count, segments, now.count + 1);
  }

  /** Takes away the segments that end at or before {@code position}. */
  synchronized List<Segment> removeBefore(long position) {
    View now = view;
    int gone = 0;
    while (gone < now.count && now.segments[now.from + gone].limit() <= position) {
      gone++;
    }
    List<Segment> removed = List.of(Arrays.copyOfRange(now.segments, now.from, now.from + gone));
    removed.forEach(Segment::drop);
    long first = now.firstStart + (long) gone * geometry.segmentSize();
    if (gone == now.count) {
      first = Math.max(first, geometry.segmentStart(position));
    }
    view = new View(first, now.from + gone, now.segments, now.count - gone);
    return removed;
  }

  /**
   * Takes away the segments that end at or before {@code position}; where that is all of them, the
   * table goes on, empty, from the segment that holds {@code position}.
   */
  synchronized List<Segment> startAt(long position) {
    List<Segment> removed = removeBefore(position);
    View now = view;
    long start = geometry.segmentStart(position);
    if (now.count == 0 && now.firstStart < start) {
      view = new View(start, 0, new Segment[16], 0);
    }
    return removed;
  }

  /** Takes away the newest segment. */
  synchronized Segment removeLast() {
    View now = view;
    Segment last = now.segments[now.from + now.count - 1];
    view = new View(now.firstStart, now.from, now.segments, now.count - 1);
    return last;
  }

  /** The segments as they are now, oldest first. */
  List<Segment> segments() {
    View now = view;
    return List.of(Arrays.copyOfRange(now.segments, now.from, now.from + now.count));
  }

  /**
   * The segment that holds {@code position}; {@code null} behind the newest.
   *
   * @throws StorageException.Dropped before the oldest
   */
  @Nullable Segment find(long position) {
    View now = view;
    long distance = position - now.firstStart;
    if (distance < 0) {
      throw new StorageException.Dropped(position, tail);
    }
    long index = distance / geometry.segmentSize();
    return index < now.count ? now.segments[now.from + (int) index] : null;
  }

  /**
   * The segment that holds {@code position}; {@code null} where there is none, or none any more.
   */
  @Nullable Segment peek(long position) {
    View now = view;
    long distance = position - now.firstStart;
    return distance >= 0 && distance / geometry.segmentSize() < now.count
        ? now.segments[now.from + (int) (distance / geometry.segmentSize())]
        : null;
  }

  /** Copies a block and indexes its frames; a block that no file holds has none. */
  void load(long blockStart, Block block) {
    block.forget();
    Segment segment = find(blockStart);
    byte[] bytes = block.bytes();
    int available = segment == null ? 0 : copy(segment, blockStart, bytes, bytes.length);
    refuseShort(segment, blockStart, available);
    Arrays.fill(bytes, available, bytes.length, (byte) 0);
    block.index(blockStart);
  }

  /** Once recovery has judged, only the newest segment's file may be shorter than a segment. */
  private void refuseShort(@Nullable Segment segment, long blockStart, int available) {
    boolean whole = available == geometry.blockSize();
    if (judged && !whole && segment != null && segment.limit() < limit()) {
      throw corrupt(
          segment,
          blockStart,
          "a file of %d bytes".formatted(geometry.segmentSize()),
          "one that ends in this block or before");
    }
  }

  /** From now on a file that is too short is damage, no longer a trace of lost power. */
  void judged() {
    judged = true;
  }

  /** Whether a block holds no frame: its first slot is zero, or no file has it. */
  boolean isUnused(long blockStart) {
    byte[] slot = new byte[FrameLayout.SLOT_BYTES];
    Segment segment = find(blockStart);
    if (segment != null) {
      long slotAt = blockStart + geometry.blockSize() - slot.length;
      int available = copy(segment, slotAt, slot, slot.length);
      refuseShort(segment, blockStart, available == slot.length ? geometry.blockSize() : 0);
    }
    return (int) FrameLayout.INT.get(slot, 0) == 0;
  }

  /** Whether a segment holds no frame; looks without mapping it. */
  boolean isUnusedSegment(long start) {
    Segment segment = find(start);
    try {
      return segment == null || segment.file().isUnused(geometry.blockSize());
    } catch (SegmentFile.MissingSegmentException missing) {
      throw corrupt(segment, start, "the file", "none");
    }
  }

  /** How far bytes cannot be read from {@code position} on: a whole file, or a block of one. */
  long unreadableLimit(long position) {
    long segmentLimit = geometry.segmentStart(position) + geometry.segmentSize();
    Segment segment = peek(position);
    if (segment == null) {
      return segmentLimit;
    }
    long blockLimit = geometry.blockStart(position) + geometry.blockSize();
    try {
      boolean there = segment.file().memory().byteSize() >= blockLimit - segment.start();
      return there ? blockLimit : segmentLimit;
    } catch (SegmentFile.MissingSegmentException missing) {
      return segmentLimit;
    }
  }

  /** Copies bytes of one segment out of its mapping; returns how many the file has. */
  int copy(Segment segment, long position, byte[] target, int length) {
    try {
      MemorySegment memory = segment.file().memory();
      long offset = position - segment.start();
      int available = Math.clamp(memory.byteSize() - offset, 0, length);
      if (available > 0) {
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, target, 0, available);
        MappedAccess.settle();
      }
      VarHandle.loadLoadFence();
      checkKept(segment, position);
      return available;
    } catch (SegmentFile.MissingSegmentException missing) {
      whenMissing.run();
      checkKept(segment, position);
      throw corrupt(segment, position, "the file", "none");
    } catch (InternalError unbacked) {
      throw corrupt(segment, position, "readable bytes", "a page that cannot be read");
    } catch (IllegalStateException unmapped) {
      checkKept(segment, position);
      throw unmapped;
    }
  }

  /** Refuses what was read from a segment that has been closed or dropped meanwhile. */
  void checkKept(Segment segment, long position) {
    checkOpen();
    if (segment.dropped()) {
      throw new StorageException.Dropped(position, tail);
    }
  }

  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the log is closed");
    }
  }

  private StorageException.Corrupt corrupt(
      Segment segment, long position, String expected, String found) {
    long block = (position - segment.start()) / geometry.blockSize();
    return new StorageException.Corrupt(segment.file().name(), block, position, expected, found);
  }

  /** Where a fault is, for a report. */
  Damage damage(Block.Fault fault) {
    long position = fault.position();
    long start = geometry.segmentStart(position);
    return new Damage(
        SegmentNames.segment(start),
        (position - start) / geometry.blockSize(),
        position,
        fault.expected(),
        fault.found());
  }

  /** From now on every reader is told that the log is closed; then unmaps. */
  void close() {
    closed = true;
    for (Segment segment : segments()) {
      segment.file().close();
    }
  }

  /** An immutable look at the table; the array may have later segments behind {@code count}. */
  @SuppressWarnings("ArrayRecordComponent")
  private record View(long firstStart, int from, Segment[] segments, int count) {}
}
