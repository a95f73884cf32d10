package dev.varve.driver;

import dev.varve.segment.Cursor;
import dev.varve.segment.SegmentLog;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Walks the events of a log from a position on, up to a limit that each step is given. It may have
 * moved to the event at the limit already, and goes on with that one later.
 *
 * <p>Used by one thread at a time. Allocates nothing per event that fits a block.
 */
final class EventWalk {
  private final Cursor cursor;
  private final String folder;
  private boolean standing;
  private long key;
  private long next;

  /** A walk from {@code from} on: a record's start or an end. */
  EventWalk(SegmentLog log, String folder, long from) {
    this.cursor = log.forward(from);
    this.folder = folder;
    this.next = from;
  }

  /** Where the latest {@link #read} ended: the position that this walk is good for. */
  long next() {
    return next;
  }

  /** Moves to the next event, unless it stands there; false when it is not before the limit. */
  boolean reaches(long limit) {
    if (!standing) {
      standing = cursor.next();
    }
    if (!standing || cursor.position() >= limit) {
      return false;
    }
    key = EventRecord.key(cursor, folder);
    return true;
  }

  /** Position of the event that was reached. */
  long position() {
    return cursor.position();
  }

  /** Key of the event that was reached. */
  long key() {
    return key;
  }

  /** Leaves the event that was reached. */
  void pass() {
    standing = false;
  }

  /**
   * Reads the events before {@code limit}, an end, as many as fit.
   *
   * @return where to go on
   * @throws BufferTooSmallException when not even the first fits
   */
  long read(long limit, EventBuffer buffer) {
    int used = 0;
    while (reaches(limit)) {
      int bytes = cursor.length();
      if (bytes > buffer.capacityBytes() - used) {
        if (used == 0) {
          throw new BufferTooSmallException(position(), bytes, buffer.capacityBytes());
        }
        next = position();
        return next;
      }
      copy(bytes, buffer.array(), used);
      buffer.add(position(), used, bytes - EventRecord.KEY_BYTES);
      used += bytes;
      pass();
    }
    next = limit;
    return next;
  }

  private void copy(int bytes, byte[] target, int at) {
    MemorySegment.copy(
        cursor.memory(), ValueLayout.JAVA_BYTE, cursor.payloadOffset(), target, at, bytes);
  }
}
