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
    if (position > bounds.knownEnd() && position > bounds.end()) {
      throw new NoSuchRecordException(position, "it is behind the end at " + bounds.end());
    }
  }

  /**
   * The first record at or behind a tail, which may be a former end before a block's terminator.
   */
  static long settledTail(SegmentTable table, long tail) {
    Block block = new Block(table.geometry());
    long blockStart = table.geometry().blockStart(tail);
    if (tail == blockStart || table.peek(blockStart) == null) {
      return tail;
    }
    table.load(blockStart, block);
    boolean between = block.limit() == tail && !block.insane();
    return between ? blockStart + table.geometry().blockSize() : tail;
  }

  /**
   * The start of the record at {@code position}, which is below the end; loads its block. A former
   * end at a terminator means the first record of the next block.
   *
   * @throws StorageException.Corrupt where damage hides whether a record starts there
   */
  static long recordAt(SegmentTable table, LogBounds bounds, Block block, long position) {
    table.load(table.geometry().blockStart(position), block);
    int index = block.indexOf(position);
    if (index < 0) {
      refuseDamage(table, block, position);
      if (position != block.limit()) {
        throw new NoSuchRecordException(position, "it is inside of a record or between two");
      }
      index = toNextBlock(table, bounds, block, position);
    }
    Block.Fault fault = block.fault(index, Block.UNKNOWN);
    if (fault != null) {
      throw table.damage(fault).asException();
    }
    int kind = block.kind(index);
    if (kind == FrameLayout.MIDDLE || kind == FrameLayout.LAST) {
      throw new NoSuchRecordException(position, "it is inside of a fragmented record");
    }
    return block.position(index);
  }

  /** Where a frame or slot of the block is damaged, nobody knows what starts behind it. */
  private static void refuseDamage(SegmentTable table, Block block, long position) {
    Block.Fault fault = block.count() == 0 ? emptiness(block) : null;
    for (int index = 0; index < block.count() && fault == null; index++) {
      fault = block.position(index) < position ? block.fault(index, Block.UNKNOWN) : null;
    }
    if (fault == null && block.insane() && position >= block.limit()) {
      fault = block.insanity();
    }
    if (fault == null && block.storedPosition(position) == position) {
      fault = new Block.Fault(position, "a size slot that leads here", "none");
    }
    if (fault != null) {
      throw table.damage(fault).asException();
    }
  }

  private static Block.Fault emptiness(Block block) {
    return block.insane()
        ? block.insanity()
        : new Block.Fault(block.start(), "a record", "an empty block");
  }

  /** Goes from the end of a block to the first frame of the next, which must follow it. */
  private static int toNextBlock(SegmentTable table, LogBounds bounds, Block block, long position) {
    long last = block.position(block.count() - 1);
    long next = block.start() + table.geometry().blockSize();
    if (next >= bounds.end()) {
      throw new NoSuchRecordException(position, "nothing is behind it");
    }
    table.load(next, block);
    while (!table.geometry().crc() && isPassedOver(block, bounds)) {
      table.load(block.start() + table.geometry().blockSize(), block);
    }
    Block.Fault fault =
        block.count() == 0
            ? emptiness(block)
            : block.fault(0, last < bounds.tail() ? Block.UNKNOWN : last);
    if (fault != null) {
      throw table.damage(fault).asException();
    }
    return 0;
  }

  /** Programs of the seed's format leave blocks empty. */
  private static boolean isPassedOver(Block block, LogBounds bounds) {
    boolean more = block.start() + block.bytes().length < bounds.end();
    return block.count() == 0 && !block.insane() && more;
  }
}
