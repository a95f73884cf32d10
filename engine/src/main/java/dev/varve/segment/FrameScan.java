package dev.varve.segment;

import dev.varve.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * Walks the frames of a log in order and verifies each, across blocks and segments, until the bytes
 * run out. Recovery, followers and verification are built on it.
 */
final class FrameScan {
  /** What a step met. */
  enum Step {
    /** A valid frame. */
    FRAME,
    /** Something that is no valid frame, {@link FrameScan#fault()} says what. */
    INVALID,
    /** The limit, with nothing but empty blocks before it. */
    END
  }

  private final SegmentTable table;
  private final Geometry geometry;
  private final Block block;
  private long next;
  private long previous;
  private long begin;
  private int index;
  private Block.@Nullable Fault fault;

  FrameScan(SegmentTable table) {
    this.table = table;
    this.geometry = table.geometry();
    this.block = new Block(geometry);
  }

  /**
   * Goes to a frame's start or end.
   *
   * @param before position of the frame before it, {@link Block#UNKNOWN} where that is not known
   */
  FrameScan from(long position, long before) {
    block.forget();
    next = position;
    begin = position;
    previous = before;
    return this;
  }

  /** Position of the frame that the latest step delivered. */
  long position() {
    return previous;
  }

  /** Index in {@link #block()} of the frame that the latest step delivered. */
  int index() {
    return index;
  }

  Block block() {
    return block;
  }

  /** Position behind the last valid frame, or of the block that was looked at last. */
  long next() {
    return next;
  }

  Block.Fault fault() {
    Block.Fault known = fault;
    if (known == null) {
      throw new IllegalStateException("the latest step was valid");
    }
    return known;
  }

  /** Moves to the next frame that starts before {@code limit}. */
  Step step(long limit) {
    try {
      return walk(limit);
    } catch (StorageException.Corrupt unreadable) {
      fault = new Block.Fault(next, unreadable.expected(), unreadable.found());
      block.forget();
      return Step.INVALID;
    }
  }

  private Step walk(long limit) {
    while (geometry.blockStart(next) < limit) {
      if (block.start() != geometry.blockStart(next)) {
        if (next == geometry.blockStart(next) && table.isUnused(next)) {
          next += geometry.blockSize();
          continue;
        }
        table.load(geometry.blockStart(next), block);
      }
      int found = block.indexOf(next);
      if (found >= 0) {
        return examine(found);
      }
      if (next < block.limit() || (block.insane() && next == block.limit())) {
        fault = misplaced();
        return Step.INVALID;
      }
      next = block.start() + geometry.blockSize();
    }
    return Step.END;
  }

  private Step examine(int found) {
    fault = block.fault(found, previous);
    if (fault == null && previous == Block.UNKNOWN) {
      fault = block.missingBefore(found, begin);
    }
    if (fault != null) {
      return Step.INVALID;
    }
    index = found;
    previous = block.position(found);
    next = block.end(found);
    return Step.FRAME;
  }

  private Block.Fault misplaced() {
    return next == block.limit()
        ? block.insanity()
        : new Block.Fault(next, "a record's start", "the inside of another record");
  }

  /**
   * Whether what follows the frame that the latest step found invalid may belong to the same atomic
   * unit. Where frames are missing nobody knows; a damaged frame says so itself.
   */
  boolean damagedUnitMayGoOn() {
    int found = block.indexOf(next);
    return found < 0 || block.valid(found) || !block.damagedFrameCloses(found);
  }

  /** Whether the latest step found a file or page that cannot be read, rather than its content. */
  boolean unreadable() {
    return block.start() == Block.UNKNOWN;
  }

  /** Passes over what the latest step found invalid: to the next frame that stands by itself. */
  void skip() {
    previous = Block.UNKNOWN;
    if (unreadable()) {
      next = table.unreadableLimit(next);
      begin = next;
      return;
    }
    int found = block.indexOf(next);
    if (found < 0 || !block.valid(found)) {
      int frames = block.countBefore(next + 1);
      next = frames < block.count() ? block.position(frames) : block.start() + geometry.blockSize();
    }
    begin = next;
  }

  /** Whether any valid frame from here to {@code limit} satisfies {@code wanted}. */
  boolean anyAhead(long limit, FramePredicate wanted) {
    Step step = step(limit);
    while (step != Step.END) {
      if (step == Step.INVALID) {
        skip();
      } else if (wanted.test(block, index)) {
        return true;
      }
      step = step(limit);
    }
    return false;
  }

  /** Chooses frames. */
  interface FramePredicate {
    boolean test(Block block, int index);
  }
}
