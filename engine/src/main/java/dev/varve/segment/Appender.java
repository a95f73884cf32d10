package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Io;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Orders all appends: one atomic unit after the other is checked, given its segments, encoded, and
 * shown or left for a group.
 *
 * <p>All state is guarded by this object's monitor, except where it is said to be published.
 */
final class Appender {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final boolean mapped;
  private final Geometry geometry;
  private final Background background;
  private final UnitLimits limits;
  private final Reservation reservation;
  private final FrameWriter frames;
  private final LogEnds ends;
  private final FailStop stop = new FailStop();
  private final Payload payload = new Payload();
  private final MemorySegment groupTail;
  private boolean hasGroupTail;
  private boolean needsBackground = true;
  private int waiters;

  /** What goes on behind the appends; in the block that the log was opened in they do without. */
  interface Background {
    /** It is needed from now on. */
    void start();

    /** Told of each segment that has been left behind. */
    void filled(Segment segment, long batchEnd);
  }

  Appender(
      SegmentTable table,
      LogOptions options,
      Preparer preparer,
      Background background,
      Segment active,
      Recovery.Verdict start,
      int framesInBlock) {
    this.mapped = options.writePath() == WritePath.MAPPED;
    this.geometry = table.geometry();
    this.background = background;
    this.limits = new UnitLimits(geometry, options.batchLimit());
    this.reservation = new Reservation(table, preparer, active.limit());
    this.frames = new FrameWriter(geometry, this::roll, active, start, framesInBlock);
    this.ends = new LogEnds(table, start.end(), start.head());
    this.groupTail = Arena.ofAuto().allocate(geometry.blockSize());
  }

  synchronized long append(byte[] source, int offset, int length) {
    payload.set(source, offset, length);
    return appendPayload();
  }

  synchronized long append(MemorySegment source, long offset, int length) {
    payload.set(source, offset, length);
    return appendPayload();
  }

  private long appendPayload() {
    stop.checkAppend();
    int length = payload.length();
    limits.check(length);
    return length <= frames.room() ? appendHere() : appendBeyond(length);
  }

  /** What nearly every append is: apart from the rest, so that it is compiled without it. */
  private long appendHere() {
    try {
      long position = frames.putHere(payload);
      publish(position, position);
      return position;
    } catch (RuntimeException | Error failed) {
      throw failed(failed);
    }
  }

  private long appendBeyond(int length) {
    reserve(frames.plan().add(length));
    try {
      long position = frames.put(payload, true);
      publish(position, position);
      return position;
    } catch (RuntimeException | Error failed) {
      throw failed(failed);
    }
  }

  synchronized long append(Batch batch) {
    stop.checkAppend();
    limits.check(batch);
    reserve(plan(batch));
    try {
      long first = put(batch, 0);
      long last = first;
      for (int i = 1; i < batch.count(); i++) {
        last = put(batch, i);
      }
      publish(first, last);
      return first;
    } catch (RuntimeException | Error failed) {
      throw failed(failed);
    }
  }

  private FramePlan plan(Batch batch) {
    FramePlan plan = frames.plan();
    for (int i = 0; i < batch.count(); i++) {
      plan.add(batch.length(i));
    }
    return plan;
  }

  private long put(Batch batch, int index) {
    batch.into(payload, index);
    return frames.put(payload, index == batch.count() - 1);
  }

  private void reserve(FramePlan plan) {
    if (needsBackground) {
      background.start();
      needsBackground = false;
    }
    try {
      reservation.reach(plan.limit());
    } catch (StorageException.Full refused) {
      stop.refuseAppends(refused);
      throw refused;
    } catch (StorageException refused) {
      stop.poison(refused);
      throw refused;
    }
  }

  private Segment roll(Segment full) {
    RollEvent event = Recorder.roll();
    Segment entered = reservation.enter();
    if (mapped) {
      background.filled(full, ends.shown());
    }
    if (event != null) {
      event.tell(entered);
    }
    return entered;
  }

  private void publish(long firstRecord, long newestRecord) {
    if (mapped) {
      MappedAccess.settle();
    }
    frames.endUnit();
    ends.encode(firstRecord, newestRecord, frames.end());
    if (mapped) {
      ends.showEncoded();
      wakeWaiters();
    }
  }

  private void wakeWaiters() {
    if (waiters > 0) {
      notifyAll();
    }
  }

  /** A failure before the first store changes nothing; behind it the outcome is unknown. */
  private RuntimeException failed(Throwable cause) {
    if (frames.stored()) {
      stop.poison(cause);
      return new StorageException.Unknown(
          "the append at %d failed half-way, reopen to learn its outcome: %s"
              .formatted(frames.end(), cause.getMessage()),
          cause);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }

  /** The end that readers see; published. */
  long end() {
    return ends.shown();
  }

  /** Position of the newest record that readers see; published. */
  long head() {
    return ends.head();
  }

  /** Behind the last batch that is encoded. */
  synchronized long stagedEnd() {
    return ends.encoded();
  }

  /** Bytes that are encoded and wait to be written by position. */
  long stagedBytes() {
    return mapped ? 0 : stagedEnd() - end();
  }

  /** From now on records state that everything below {@code batchEnd} is durable. */
  void mark(long batchEnd) {
    frames.mark(batchEnd);
  }

  /**
   * The positional path's leader takes what is encoded by now, up to the end that is returned. The
   * block of that end goes on changing while it is written: a write of it could have a later
   * frame's slot and not its bytes, which after a kill is neither a record nor a torn tail. So it
   * is copied.
   */
  synchronized long beginGroup() {
    long groupEnd = ends.beginGroup();
    if (!mapped && groupEnd > ends.shown()) {
      hasGroupTail = frames.copyBlock(geometry.blockStart(groupEnd - 1), groupTail);
    }
    return groupEnd;
  }

  /** A copy of the group's last block; {@code null} where nothing changes that block any more. */
  @Nullable MemorySegment groupTail() {
    return hasGroupTail ? groupTail : null;
  }

  /** Shows readers the group, which has been written by position. */
  synchronized void showGroup() {
    ends.showGroup();
    wakeWaiters();
  }

  /** Waits until the end is beyond {@code position} or the clock reaches {@code deadlineNanos}. */
  synchronized long awaitEnd(long position, long deadlineNanos, Io clock)
      throws InterruptedException {
    waiters++;
    try {
      long left = deadlineNanos - clock.nanoTime();
      while (ends.shown() <= position && left > 0 && !stop.closed()) {
        wait(left / NANOS_PER_MILLI, (int) (left % NANOS_PER_MILLI));
        left = deadlineNanos - clock.nanoTime();
      }
      stop.checkOpen();
      return ends.shown();
    } finally {
      waiters--;
    }
  }

  /** Stops every later append and sync, once an append that is under way has ended. */
  synchronized void poison(Throwable cause) {
    stop.poison(cause);
  }

  /** What stopped the log, {@code null} while it goes on. */
  @Nullable Throwable failure() {
    return stop.failure();
  }

  /**
   * Whether what is there can still be made durable: a refusal of a segment for want of space
   * stored nothing. What fails later takes that back.
   */
  boolean canSync() {
    return stop.canSync();
  }

  /**
   * Refuses where what is there can be made durable no more.
   *
   * @throws StorageException.Poisoned with the failure that stopped the log
   */
  void checkSync() {
    stop.checkSync();
  }

  /** Refuses every later append. */
  synchronized void close() {
    stop.close();
    notifyAll();
  }

  /** Segments that a batch had taken but not filled. */
  synchronized Deque<Segment> reserved() {
    return reservation.unused();
  }
}
