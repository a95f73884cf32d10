package dev.varve.segment;

/** Finds where the batch of a record begins, so that retention never splits one. */
final class BatchStarts {
  private BatchStarts() {}

  /** The start of the batch that holds {@code position}, a record's start or an end. */
  static long of(SegmentTable table, LogBounds bounds, long position) {
    if (position == bounds.end()) {
      return position;
    }
    Block block = new Block(table.geometry());
    long first = Positions.recordAt(table, bounds, block, position);
    long blockStart = block.start();
    int before = block.countBefore(first);
    while (blockStart + table.geometry().blockSize() > bounds.tail()) {
      for (int frame = before - 1; frame >= 0; frame--) {
        if (block.position(frame) < bounds.tail() || block.closesUnit(frame)) {
          return first;
        }
        first = block.position(frame);
      }
      blockStart -= table.geometry().blockSize();
      if (blockStart >= table.firstStart()) {
        table.load(blockStart, block);
      }
      before = blockStart >= table.firstStart() ? block.count() : 0;
    }
    return first;
  }
}
