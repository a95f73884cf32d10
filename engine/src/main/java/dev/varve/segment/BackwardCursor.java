package dev.varve.segment;

/** From newer to older. */
final class BackwardCursor extends Cursor {
  /** The next record is the newest that starts before this. */
  private long upper;

  /** Where the frame before the latest one must start; unknown where nothing tells. */
  private long expected = Block.UNKNOWN;

  private int latest;

  BackwardCursor(SegmentTable table, LogBounds bounds, long upper) {
    super(table, bounds);
    this.upper = upper;
  }

  @Override
  boolean move() {
    upper = Math.min(upper, limit());
    long record = Block.UNKNOWN;
    while (record == Block.UNKNOWN) {
      int index = before();
      if (index < 0) {
        checkKept(upper);
        return false;
      }
      long position = block.position(index);
      checkFrame(index, keptBefore(index));
      checkChain(position);
      upper = position;
      latest = index;
      expected = block.back(index) > 0 ? position - block.back(index) : Block.UNKNOWN;
      int kind = block.kind(index);
      if (kind == FrameLayout.WHOLE) {
        showWhole(index);
        return true;
      }
      record = kind == FrameLayout.FIRST ? position : Block.UNKNOWN;
    }
    showAssembled(record);
    return true;
  }

  /** Index of the newest frame before {@link #upper}; -1 when the tail has been reached. */
  private int before() {
    long tail = bounds.tail();
    long start = geometry.blockStart(upper - 1);
    while (upper > tail && start + geometry.blockSize() > tail) {
      if (block.start() != start) {
        table.load(start, block);
      }
      int frames = follows(upper) ? latest : block.countBefore(upper);
      if (frames > 0 && block.position(frames - 1) >= tail) {
        return frames - 1;
      }
      start -= geometry.blockSize();
    }
    return -1;
  }

  /** Whether {@code position} is where the latest frame of the loaded block starts. */
  private boolean follows(long position) {
    return latest < block.count() && block.position(latest) == position;
  }

  /** The frame before one of the block; unknown in another block, and where it was dropped. */
  private long keptBefore(int index) {
    boolean known = index > 0 && block.position(index - 1) >= bounds.tail();
    return known ? block.position(index - 1) : Block.UNKNOWN;
  }

  private void checkChain(long position) {
    if (expected >= 0 && expected != position && expected >= bounds.tail()) {
      throw corrupt(
          new Block.Fault(expected, "a record at " + expected, "the one before at " + position));
    }
  }
}
