package dev.varve.segment;

/** From older to newer. */
final class ForwardCursor extends Cursor {
  private final long begin;
  private long next;
  private long previous;
  private int index;
  private int soundLimit;
  private long knownLimit;

  /**
   * @param from a record's start, or an end
   * @param previous the frame before it, {@link Block#UNKNOWN} where that does not matter
   */
  ForwardCursor(SegmentTable table, LogBounds bounds, long from, long previous) {
    super(table, bounds);
    this.begin = from;
    this.next = from;
    this.previous = previous;
  }

  @Override
  boolean move() {
    if (index < soundLimit && next < knownLimit) {
      deliverWhole(block.position(index));
      return true;
    }
    return moveCarefully();
  }

  private boolean moveCarefully() {
    soundLimit = 0;
    if (next >= knownLimit) {
      knownLimit = limit();
      block.forget();
      if (next >= knownLimit) {
        checkKept(next);
        return false;
      }
    }
    long blockStart = geometry.blockStart(next);
    if (block.start() != blockStart) {
      load(blockStart);
    }
    if (index >= block.count()) {
      enterNextBlock();
    }
    return deliver();
  }

  private void load(long blockStart) {
    checkKept(next);
    table.load(blockStart, block);
    index = next == blockStart ? 0 : block.countBefore(next);
  }

  private void enterNextBlock() {
    if (block.insane()) {
      throw corrupt(block.insanity());
    }
    long start = block.start() + geometry.blockSize();
    if (start >= knownLimit) {
      throw corrupt(new Block.Fault(next, "a record", "the end of a block"));
    }
    next = start;
    load(start);
    while (mayBePassedOver()) {
      next += geometry.blockSize();
      load(next);
    }
    if (block.count() == 0) {
      throw corrupt(
          block.insane() ? block.insanity() : new Block.Fault(next, "a record", "an empty block"));
    }
  }

  /** The first frame of a walk follows nothing that the walk should have met. */
  private void checkBegin() {
    Block.Fault missing = block.missingBefore(index, begin);
    if (missing != null) {
      throw corrupt(missing);
    }
  }

  /** Programs of the seed's format leave blocks empty; ours never does. */
  private boolean mayBePassedOver() {
    return !geometry.crc()
        && block.count() == 0
        && !block.insane()
        && next + geometry.blockSize() < knownLimit;
  }

  private boolean deliver() {
    checkFrame(index, previous);
    if (previous == Block.UNKNOWN) {
      checkBegin();
    }
    long position = block.position(index);
    if (block.kind(index) == FrameLayout.WHOLE) {
      deliverWhole(position);
      soundLimit = block.soundLimit(index);
      return true;
    }
    showAssembled(position);
    previous = assembly.lastFrame();
    next = assembly.end();
    index = block.countBefore(next);
    return true;
  }

  private void deliverWhole(long position) {
    showWhole(index);
    previous = position;
    next = block.end(index);
    index++;
  }
}
