package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.codec.RecordCheck;
import dev.varve.io.Io;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Encodes records at the end of the log: the one place where frames are laid down.
 *
 * <p>A frame is covered, stored, and only then its size slot: {@code INV-1} a slot that is not zero
 * stands for a frame whose bytes were all stored before it. Readers are told through {@link
 * #end()}, which moves only from batch end to batch end ({@code INV-2}).
 *
 * <p>All state is guarded by this object's monitor; {@link #end()} and {@link #head()} are
 * published with release stores and read without it.
 */
final class Appender {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final VarHandle END;
  private static final VarHandle HEAD;

  static {
    try {
      END = MethodHandles.lookup().findVarHandle(Appender.class, "end", long.class);
      HEAD = MethodHandles.lookup().findVarHandle(Appender.class, "head", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final SegmentTable table;
  private final Geometry geometry;
  private final Preparer preparer;
  private final Filled filled;
  private final boolean mapped;
  private final boolean crc;
  private final int batchLimit;
  private final RecordCheck check;
  private final Payload payload = new Payload();
  private final Deque<Segment> reserved = new ArrayDeque<>();

  private Segment active;
  private MemorySegment memory;
  private long segmentStart;
  private int frameAt;
  private int slotAt;
  private int blockEnd;
  private long lastFrame;
  private long stagedEnd;
  private long stagedHead;
  private long firstUnseen;
  private long groupEnd;
  private long groupHead;
  private final MemorySegment groupTail;
  private boolean hasGroupTail;
  private boolean stored;
  private int waiters;
  private boolean closed;

  /** Written and read through {@link #END}. */
  @SuppressWarnings("UnusedVariable")
  private long end;

  /** Written and read through {@link #HEAD}. */
  @SuppressWarnings("UnusedVariable")
  private long head;

  private volatile long mark;
  private volatile @Nullable Throwable failure;
  private volatile boolean canSync = true;

  /** Told of each segment that has been left behind. */
  interface Filled {
    void filled(Segment segment, long batchEnd);
  }

  Appender(
      SegmentTable table,
      LogOptions options,
      Preparer preparer,
      Filled filled,
      Segment active,
      Recovery.Verdict start,
      int framesInBlock) {
    this.table = table;
    this.geometry = table.geometry();
    this.preparer = preparer;
    this.filled = filled;
    this.mapped = options.writePath() == WritePath.MAPPED;
    this.crc = geometry.crc();
    this.batchLimit = options.batchLimit();
    this.check = geometry.check().newCheck(geometry.logId());
    this.groupTail = Arena.ofAuto().allocate(geometry.blockSize());
    this.active = active;
    this.memory = target(active);
    this.segmentStart = active.start();
    this.frameAt = (int) (start.end() - segmentStart);
    this.blockEnd = (int) (geometry.blockStart(start.end()) - segmentStart) + geometry.blockSize();
    this.slotAt = blockEnd - (framesInBlock + 1) * FrameLayout.SLOT_BYTES;
    this.lastFrame = start.lastFrame();
    this.stagedEnd = start.end();
    this.stagedHead = start.head();
    this.end = start.end();
    this.head = start.head();
    this.mark = start.mark();
  }

  private MemorySegment target(Segment segment) {
    MemorySegment staging = segment.staging();
    return staging != null ? staging : segment.file().writableMemory();
  }

  long end() {
    return (long) END.getAcquire(this);
  }

  long head() {
    return (long) HEAD.getAcquire(this);
  }

  /** From now on records state that everything below {@code batchEnd} is durable. */
  void mark(long batchEnd) {
    mark = batchEnd;
  }

  synchronized long append(byte[] source, int offset, int length) {
    if (frameAt + FrameLayout.HEADER_BYTES + length > slotAt - FrameLayout.SLOT_BYTES
        || length > batchLimit) {
      payload.set(source, offset, length);
      return appendOne();
    }
    checkWritable();
    payload.set(source, offset, length);
    return appendHere(length);
  }

  synchronized long append(MemorySegment source, long offset, int length) {
    payload.set(source, offset, length);
    return appendOne();
  }

  private long appendOne() {
    checkWritable();
    int length = payload.length();
    checkLimit(length);
    if (length <= room()) {
      return appendHere(length);
    }
    Plan plan = new Plan();
    plan.add(length);
    reserve(plan);
    try {
      long position = put(length, true);
      publish(position, position);
      return position;
    } catch (RuntimeException | Error failed) {
      throw failed(failed);
    }
  }

  private long appendHere(int length) {
    try {
      long position = putFrame(0, length, FrameLayout.WHOLE);
      publish(position, position);
      return position;
    } catch (RuntimeException | Error failed) {
      throw failed(failed);
    }
  }

  synchronized long append(Batch batch) {
    checkWritable();
    reserve(plan(batch));
    try {
      long first = 0;
      long last = 0;
      for (int i = 0; i < batch.count(); i++) {
        batch.into(payload, i);
        last = put(payload.length(), i == batch.count() - 1);
        first = i == 0 ? last : first;
      }
      publish(first, last);
      return first;
    } catch (RuntimeException | Error failed) {
      throw failed(failed);
    }
  }

  /** The limits of a batch are checked and its segments taken before its first store. */
  private Plan plan(Batch batch) {
    if (batch.count() == 0) {
      throw new IllegalArgumentException("a batch must hold at least one record");
    }
    if (!crc && batch.count() > 1) {
      throw new IllegalArgumentException(
          "a log with MD5 checks takes batches of one record, not of " + batch.count());
    }
    Plan plan = new Plan();
    long bytes = 0;
    for (int i = 0; i < batch.count(); i++) {
      batch.checkReadable(i);
      bytes += batch.length(i);
      checkLimit(bytes);
      plan.add(batch.length(i));
    }
    return plan;
  }

  private void checkLimit(long bytes) {
    if (bytes > batchLimit) {
      throw new IllegalArgumentException(
          "%d payload bytes are more than the batch limit of %d".formatted(bytes, batchLimit));
    }
    if (!crc && bytes > geometry.maxFramePayload()) {
      throw new IllegalArgumentException(
          "%d payload bytes are more than the %d that one block of a log with MD5 checks holds"
              .formatted(bytes, geometry.maxFramePayload()));
    }
  }

  private void reserve(Plan plan) {
    long reservedLimit = reserved.isEmpty() ? active.limit() : reserved.getLast().limit();
    try {
      while (reservedLimit < plan.limit()) {
        Segment next = preparer.take(reservedLimit);
        reserved.add(next);
        reservedLimit = next.limit();
      }
    } catch (StorageException.Full refused) {
      refuseFrom(refused);
      throw refused;
    } catch (StorageException refused) {
      poison(refused);
      throw refused;
    }
  }

  /** Payload bytes that fit behind the last frame of the block; negative when not even a header. */
  private int room() {
    return slotAt - FrameLayout.SLOT_BYTES - frameAt - FrameLayout.HEADER_BYTES;
  }

  /** Lays down a record, in fragments where it is larger than a block takes. */
  private long put(int length, boolean closesUnit) {
    int more = closesUnit ? 0 : FrameLayout.CONTINUES;
    if (length <= geometry.maxFramePayload()) {
      if (length > room()) {
        nextBlock();
      }
      return putFrame(0, length, FrameLayout.WHOLE | more);
    }
    if (room() < 1) {
      nextBlock();
    }
    int done = room();
    long position = putFrame(0, done, FrameLayout.FIRST | FrameLayout.CONTINUES);
    while (length - done > geometry.maxFramePayload()) {
      nextBlock();
      putFrame(done, room(), FrameLayout.MIDDLE | FrameLayout.CONTINUES);
      done += geometry.maxFramePayload();
    }
    nextBlock();
    putFrame(done, length - done, FrameLayout.LAST | more);
    return position;
  }

  private long putFrame(int from, int length, int flags) {
    int size = FrameLayout.HEADER_BYTES + length;
    int slot = size | flags;
    int at = frameAt;
    long position = segmentStart + at;
    check.begin(position, slot, lastFrame < 0 ? 0 : (int) (position - lastFrame), mark);
    payload.cover(check, from, length);
    stored = true;
    check.finish(memory, at);
    payload.copy(from, length, memory, at + FrameLayout.HEADER_BYTES);
    active.file().stored(slotAt);
    FrameLayout.SLOT.setRelease(memory, (long) slotAt, slot);
    active.file().stored(slotAt);
    frameAt = at + size;
    slotAt -= FrameLayout.SLOT_BYTES;
    lastFrame = position;
    return position;
  }

  private void nextBlock() {
    if (blockEnd == geometry.segmentSize()) {
      roll();
    }
    frameAt = blockEnd;
    blockEnd += geometry.blockSize();
    slotAt = blockEnd - FrameLayout.SLOT_BYTES;
  }

  private void roll() {
    RollEvent event = new RollEvent();
    event.begin();
    Segment left = active;
    active = reserved.remove();
    table.add(active);
    memory = target(active);
    segmentStart = active.start();
    blockEnd = 0;
    if (mapped) {
      filled.filled(left, end);
    }
    event.tell(active);
  }

  private void publish(long firstRecord, long newestRecord) {
    stored = false;
    if (stagedEnd == end) {
      firstUnseen = firstRecord;
    }
    stagedEnd = segmentStart + frameAt;
    stagedHead = newestRecord;
    if (mapped) {
      show(stagedEnd, stagedHead);
    }
  }

  private void show(long newEnd, long newHead) {
    long oldEnd = end;
    HEAD.setRelease(this, newHead);
    END.setRelease(this, newEnd);
    if (firstUnseen > oldEnd && table.tail() == oldEnd) {
      table.tail(firstUnseen);
    }
    if (waiters > 0) {
      notifyAll();
    }
  }

  /** The positional path's leader takes what is encoded by now, up to the end that is returned. */
  synchronized long beginGroup() {
    groupEnd = stagedEnd;
    groupHead = stagedHead;
    if (!mapped && groupEnd > end()) {
      copyGroupTail();
    }
    return groupEnd;
  }

  /**
   * The block of the group's end goes on changing while it is written: a write of it could have a
   * later frame's slot and not its bytes, which after a kill is neither a record nor a torn tail.
   */
  private void copyGroupTail() {
    long offset = geometry.blockStart(groupEnd - 1) - segmentStart;
    hasGroupTail = offset >= 0;
    if (hasGroupTail) {
      MemorySegment.copy(memory, offset, groupTail, 0, geometry.blockSize());
    }
  }

  /** A copy of the group's last block; {@code null} where nothing changes that block any more. */
  @Nullable MemorySegment groupTail() {
    return hasGroupTail ? groupTail : null;
  }

  /** Shows readers the group, which has been written by position. */
  synchronized void showGroup() {
    show(groupEnd, groupHead);
  }

  /** Bytes that are encoded and wait to be written by position. */
  long stagedBytes() {
    return mapped ? 0 : stagedEnd() - end();
  }

  /** Behind the last batch that is encoded. */
  synchronized long stagedEnd() {
    return stagedEnd;
  }

  /** Waits until the end is beyond {@code position} or the clock reaches {@code deadlineNanos}. */
  synchronized long awaitEnd(long position, long deadlineNanos, Io clock)
      throws InterruptedException {
    waiters++;
    try {
      long left = deadlineNanos - clock.nanoTime();
      while (end <= position && left > 0 && !closed) {
        wait(left / NANOS_PER_MILLI, (int) (left % NANOS_PER_MILLI));
        left = deadlineNanos - clock.nanoTime();
      }
      if (closed) {
        throw new IllegalStateException("the log is closed");
      }
      return end;
    } finally {
      waiters--;
    }
  }

  private void checkWritable() {
    if (closed) {
      throw new IllegalStateException("the log is closed");
    }
    Throwable earlier = failure;
    if (earlier != null) {
      throw new StorageException.Poisoned(
          "an earlier failure stopped this log, reopen it: " + earlier.getMessage(), earlier);
    }
  }

  /** A failure before the first store changes nothing; behind it the outcome is unknown. */
  private RuntimeException failed(Throwable cause) {
    if (stored) {
      poison(cause);
      return new StorageException.Unknown(
          "the append at %d failed half-way, reopen to learn its outcome: %s"
              .formatted(segmentStart + frameAt, cause.getMessage()),
          cause);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }

  /** Stops every later append and sync; reading goes on. */
  synchronized void poison(Throwable cause) {
    refuseFrom(cause);
    canSync = false;
  }

  private void refuseFrom(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    notifyAll();
  }

  /** What stopped the log, {@code null} while it goes on. */
  @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Whether what is there can still be made durable: a refusal of a segment for want of space
   * stored nothing. What fails later takes that back.
   */
  boolean canSync() {
    return canSync;
  }

  /** Refuses every later append. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Segments that a batch had taken but not filled. */
  synchronized Deque<Segment> reserved() {
    return reserved;
  }

  /** Lays records out on paper, to learn which segments they will need. */
  private final class Plan {
    private int frame = frameAt;
    private int slot = slotAt;
    private long block = segmentStart + blockEnd;

    void add(int length) {
      int left = length;
      boolean fragmented = length > geometry.maxFramePayload();
      while (true) {
        int room = slot - FrameLayout.SLOT_BYTES - frame - FrameLayout.HEADER_BYTES;
        if (left <= room) {
          take(left);
          return;
        }
        if (fragmented && room > 0) {
          take(room);
          left -= room;
        }
        frame = 0;
        slot = geometry.blockSize() - FrameLayout.SLOT_BYTES;
        block += geometry.blockSize();
      }
    }

    private void take(int length) {
      frame += FrameLayout.HEADER_BYTES + length;
      slot -= FrameLayout.SLOT_BYTES;
    }

    /** Position behind the last block that is needed. */
    long limit() {
      return block;
    }
  }
}
