package dev.varve.segment;

import dev.varve.StorageException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Segments that are taken before the first store of an atomic unit, so that the disk cannot become
 * full half-way; the log moves into them one by one.
 */
final class Reservation {
  private final SegmentTable table;
  private final Preparer preparer;
  private final Deque<Segment> reserved = new ArrayDeque<>();
  private long limit;

  /**
   * @param limit the address behind the segment that holds the end
   */
  Reservation(SegmentTable table, Preparer preparer, long limit) {
    this.table = table;
    this.preparer = preparer;
    this.limit = limit;
  }

  /**
   * Takes every segment that begins before {@code needed}, and waits for those that are not ready.
   *
   * @throws StorageException.Full when there is no space for one
   */
  void reach(long needed) {
    while (limit < needed) {
      Segment next = preparer.take(limit);
      reserved.add(next);
      limit = next.limit();
    }
  }

  /** The log moves into the next one. */
  Segment enter() {
    Segment entered = reserved.remove();
    table.add(entered);
    return entered;
  }

  /** Those that the log has not moved into. */
  Deque<Segment> unused() {
    return reserved;
  }
}
