package dev.varve.segment;

/** From newer to older. */
final class BackwardCursor extends Cursor {
  private static final int NONE = Integer.MAX_VALUE;

  /** The next record is the newest that starts before this. */
  private long upper;

  /** Where the frame before the latest one must start; unknown where nothing tells. */
  private long expected = Block.UNKNOWN;

  /** Index of the latest frame in the loaded block. */
  private int latest;

  /** The frames before the latest from here on have been verified. */
  private int soundFrom = NONE;

  BackwardCursor(SegmentTable table, LogBounds bounds, long upper) {
    super(table, bounds);
    this.upper = upper;
  }

  @Override
  boolean move() {
    int index = latest - 1;
    if (index >= soundFrom && block.position(index) >= bounds.tail()) {
      pass(index);
      showWhole(index);
      return true;
    }
    return moveCarefully();
  }

  private boolean moveCarefully() {
    soundFrom = NONE;
    long tail = bounds.tail();
    int index = before(tail);
    while (index >= 0) {
      int kind = enter(index, tail);
      if (kind == FrameLayout.WHOLE) {
        showWhole(index);
        soundFrom = block.soundFrom(index);
        return true;
      }
      if (kind == FrameLayout.FIRST) {
        showAssembled(upper);
        return true;
      }
      index = before(tail);
    }
    checkKept(upper);
    return false;
  }

  /** Verifies a frame, makes it the latest, and returns its kind. */
  private int enter(int index, long tail) {
    long position = block.position(index);
    checkFrame(index, keptBefore(index, tail));
    if (expected != position && expected >= tail) {
      throw corrupt(
          new Block.Fault(expected, "a record at " + expected, "the one before at " + position));
    }
    pass(index);
    return block.kind(index);
  }

  private void pass(int index) {
    long position = block.position(index);
    long back = block.back(index);
    expected = back > 0 ? position - back : Block.UNKNOWN;
    upper = position;
    latest = index;
  }

  /** Index of the newest frame before {@link #upper}; -1 when the tail has been reached. */
  private int before(long tail) {
    int index = latest - 1;
    boolean inBlock = index >= 0 && latest < block.count() && block.position(latest) == upper;
    return inBlock && block.position(index) >= tail ? index : search(tail);
  }

  private int search(long tail) {
    upper = Math.min(upper, limit());
    long start = geometry.blockStart(upper - 1);
    while (upper > tail && start + geometry.blockSize() > tail) {
      if (block.start() != start) {
        table.load(start, block);
      }
      int frames = block.countBefore(upper);
      if (frames > 0 && block.position(frames - 1) >= tail) {
        return frames - 1;
      }
      start -= geometry.blockSize();
    }
    return -1;
  }

  /** The frame before one of the block; unknown in another block, and where it was dropped. */
  private long keptBefore(int index, long tail) {
    boolean known = index > 0 && block.position(index - 1) >= tail;
    return known ? block.position(index - 1) : Block.UNKNOWN;
  }
}
