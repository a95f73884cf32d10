package dev.varve.segment;

import dev.varve.StorageException;

/** Finds the record that a caller's position means. */
final class Positions {
  private Positions() {}

  /** Refuses positions that no log, or not this one, has. */
  static void check(long position, LogBounds bounds) {
    if (position < 0) {
      throw new IllegalArgumentException("position must not be negative: " + position);
    }
    long tail = bounds.tail();
    if (position < tail) {
      throw new StorageException.Dropped(position, tail);
    }
    if (position > bounds.end()) {
      throw new NoSuchRecordException(position, "it is behind the end at " + bounds.end());
    }
  }

  /**
   * The start of the record at {@code position}, which is below the end; loads its block. A former
   * end at a terminator means the first record of the next block.
   */
  static long recordAt(SegmentTable table, LogBounds bounds, Block block, long position) {
    Geometry geometry = table.geometry();
    table.load(geometry.blockStart(position), block);
    long at = position;
    if (block.indexOf(at) < 0 && at == block.limit() && !block.insane()) {
      at = block.start() + geometry.blockSize();
      if (at < bounds.end()) {
        table.load(at, block);
      }
    }
    int index = block.indexOf(at);
    if (index < 0) {
      throw nothingAt(table, block, position);
    }
    int kind = block.kind(index);
    if (kind == FrameLayout.MIDDLE || kind == FrameLayout.LAST) {
      throw new NoSuchRecordException(position, "it is inside of a fragmented record");
    }
    return at;
  }

  /** Bytes that say that they are this record, without a slot that leads to them, are damage. */
  private static RuntimeException nothingAt(SegmentTable table, Block block, long position) {
    if (block.insane() && position >= block.limit()) {
      return table.damage(block.insanity()).asException();
    }
    if (block.storedPosition(position) == position) {
      return table
          .damage(new Block.Fault(position, "a size slot that leads here", "none"))
          .asException();
    }
    return new NoSuchRecordException(position, "it is inside of a record or between two");
  }
}
