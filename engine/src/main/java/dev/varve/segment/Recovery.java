package dev.varve.segment;

import dev.varve.StorageException;

/**
 * Judges what an earlier session left, without writing anything.
 *
 * <p>Everything below the proven mark was durable before a later record was encoded, so a record
 * that is invalid there is damage. Above it, what stands behind the first invalid record was never
 * acknowledged as durable and is a torn tail, unless a later record carries a mark that proves
 * otherwise.
 */
final class Recovery {
  /**
   * A log that can go on.
   *
   * @param end behind the last whole batch
   * @param head newest record, -1 when there is none
   * @param lastFrame newest frame, -1 when there is none
   * @param mark everything below was proven durable
   * @param checkedBytes how much was looked at
   * @param usedLimit no frame of the session before starts behind this block's end
   */
  record Verdict(
      long end, long head, long lastFrame, long mark, long checkedBytes, long usedLimit) {}

  private final SegmentTable table;
  private final Geometry geometry;
  private final Superblock superblock;
  private final FrameScan scan;
  private final Block block;

  private long wholeEnd;
  private long wholeFrame;
  private long wholeHead;
  private long proven;
  private long limit;

  Recovery(SegmentTable table, Superblock superblock) {
    this.table = table;
    this.geometry = table.geometry();
    this.superblock = superblock;
    this.scan = new FrameScan(table);
    this.block = new Block(geometry);
  }

  /**
   * The verdict on everything that is not proven.
   *
   * @param sameBoot whether no more than processes died, so that the page cache still holds all
   *     that was stored
   * @throws StorageException.Corrupt for damage below the proven mark
   */
  Verdict judge(boolean sameBoot) {
    proven = superblock.mark();
    limit = table.limit();
    long from = proven;
    if (superblock.clean()) {
      limit = endsAt(proven) ? blockLimit(proven) : limit;
    } else if (sameBoot) {
      long lastUsed = lastUsedBlock();
      limit = Math.min(limit, blockLimit(lastUsed));
      from = lastBatchStart(lastUsed);
    }
    if (!isReachable(from)) {
      return unreachable(from);
    }
    wholeEnd = from;
    wholeFrame = frameBefore(from);
    wholeHead = -1;
    scan.from(from, wholeFrame);
    walk();
    long head = wholeHead >= 0 ? wholeHead : recordAt(wholeFrame);
    return new Verdict(wholeEnd, head, wholeFrame, proven, scan.next() - from, limit);
  }

  /** Nobody writes meanwhile: a block that is there already is not read again. */
  private void load(long blockStart) {
    if (block.start() != blockStart) {
      table.load(blockStart, block);
    }
  }

  private long blockLimit(long position) {
    return Math.min(table.limit(), geometry.blockStart(position) + geometry.blockSize());
  }

  /** Whether nothing stands behind a clean end; else the superblock is older than the log. */
  private boolean endsAt(long end) {
    if (!isReachable(end) || end == superblock.tail()) {
      return false;
    }
    return block.limit() == end
        && !block.insane()
        && table.isUnused(geometry.blockStart(end) + geometry.blockSize());
  }

  private void walk() {
    long unitHead = wholeHead;
    long frameEnd = wholeEnd;
    FrameScan.Step step = scan.step(limit);
    while (step == FrameScan.Step.FRAME) {
      Block frames = scan.block();
      int frame = scan.index();
      frameEnd = frames.end(frame);
      proven = Math.max(proven, frames.mark(frame));
      if (FrameLayout.startsRecord(frames.kind(frame))) {
        unitHead = frames.position(frame);
      }
      if (frames.closesUnit(frame)) {
        wholeEnd = frameEnd;
        wholeFrame = frames.position(frame);
        wholeHead = unitHead;
      }
      step = scan.step(limit);
    }
    Block.Fault fault =
        step == FrameScan.Step.INVALID
            ? scan.fault()
            : new Block.Fault(frameEnd, "a record", "the end of the log");
    refuseDamage(fault, step);
  }

  /** Behind the last whole batch is a torn tail, unless something proves that it was durable. */
  private void refuseDamage(Block.Fault fault, FrameScan.Step step) {
    if (wholeEnd < proven || (step == FrameScan.Step.INVALID && scan.unreadable())) {
      throw table.damage(fault).asException();
    }
    if (step == FrameScan.Step.END) {
      return;
    }
    scan.skip();
    boolean crc = geometry.crc();
    if (scan.anyAhead(limit, (frames, index) -> !crc || frames.mark(index) > wholeEnd)) {
      throw table.damage(fault).asException();
    }
  }

  /** A tail that was made durable ahead of its records, which were then lost: the log is empty. */
  private Verdict unreachable(long from) {
    Block.Fault lost = new Block.Fault(from, "a record's start or end", "neither");
    if (from > superblock.tail()) {
      throw table.damage(lost).asException();
    }
    scan.from(geometry.blockStart(from) + geometry.blockSize(), Block.UNKNOWN);
    if (scan.anyAhead(table.limit(), (frames, index) -> frames.mark(index) > from)) {
      throw table.damage(lost).asException();
    }
    long end = geometry.blockStart(from) + geometry.blockSize();
    return new Verdict(end, -1, -1, end, end - from, table.limit());
  }

  /** Whether frames lead from the front of its block to {@code position}. */
  private boolean isReachable(long position) {
    if (position == geometry.blockStart(position)) {
      return position == superblock.tail();
    }
    load(geometry.blockStart(position));
    return block.indexOf(position) >= 0 || block.limit() == position;
  }

  /** The frame before {@code position}; unknown at the tail. */
  private long frameBefore(long position) {
    long at = geometry.blockStart(position);
    while (at + geometry.blockSize() > superblock.tail()) {
      if (at < table.limit() && at >= table.firstStart()) {
        load(at);
        int frames = block.countBefore(position);
        if (frames > 0 && block.position(frames - 1) >= superblock.tail()) {
          return block.position(frames - 1);
        }
      }
      at -= geometry.blockSize();
    }
    return Block.UNKNOWN;
  }

  /** The record that a last frame belongs to. */
  private long recordAt(long lastFrame) {
    long frame = lastFrame;
    while (frame >= 0) {
      load(geometry.blockStart(frame));
      int index = block.indexOf(frame);
      if (FrameLayout.startsRecord(block.kind(index))) {
        return frame;
      }
      frame = frameBefore(frame);
    }
    return -1;
  }

  /** The start of the last batch whose first frame was stored; the mark when all later are lost. */
  private long lastBatchStart(long lastUsed) {
    long at = lastUsed;
    while (at + geometry.blockSize() > proven) {
      load(at);
      for (int frame = block.count() - 2; frame >= 0; frame--) {
        if (block.closesUnit(frame)) {
          return Math.max(proven, block.end(frame));
        }
      }
      at -= geometry.blockSize();
    }
    return proven;
  }

  /** Blocks are used in order, so the last one with a frame is found by halving. */
  private long lastUsedBlock() {
    if (table.limit() <= proven) {
      return geometry.blockStart(proven);
    }
    long segment = table.limit() - geometry.segmentSize();
    while (segment > geometry.segmentStart(proven) && table.isUnusedSegment(segment)) {
      segment -= geometry.segmentSize();
    }
    long low = 0;
    long high = geometry.segmentSize() / geometry.blockSize() - 1L;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (table.isUnused(segment + middle * geometry.blockSize())) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    return segment + low * geometry.blockSize();
  }
}
