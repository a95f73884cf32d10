package dev.varve.segment;

import dev.varve.StorageException;

/**
 * Where a reader begins to follow: behind what recovery would keep, without changing anything. A
 * damaged log is still readable where it is whole; its end is behind the last whole batch.
 */
final class FirstLook {
  private final SegmentTable table;
  private final Superblock superblock;
  private final FrameScan scan;
  private Recovery.Verdict last;
  private long record = Block.UNKNOWN;

  FirstLook(SegmentTable table, Superblock superblock) {
    this.table = table;
    this.superblock = superblock;
    this.scan = new FrameScan(table);
    this.last = atTail(table, superblock);
  }

  /** Before anything was looked at. */
  static Recovery.Verdict atTail(SegmentTable table, Superblock superblock) {
    return new Recovery.Verdict(
        superblock.tail(), -1, Block.UNKNOWN, superblock.mark(), 0, table.limit());
  }

  /**
   * The verdict.
   *
   * @throws StorageException.Dropped when retention overtakes the look
   */
  Recovery.Verdict verdict() {
    try {
      return new Recovery(table, superblock).judge(false);
    } catch (StorageException.Corrupt damaged) {
      return lastWhole();
    }
  }

  private Recovery.Verdict lastWhole() {
    scan.from(superblock.tail(), Block.UNKNOWN);
    FrameScan.Step step = scan.step(table.limit());
    while (step != FrameScan.Step.END) {
      if (step == FrameScan.Step.INVALID) {
        scan.skip();
      } else {
        noteFrame();
      }
      step = scan.step(table.limit());
    }
    return atLeastProven(Math.min(superblock.mark(), table.limit()));
  }

  private void noteFrame() {
    Block frames = scan.block();
    if (FrameLayout.startsRecord(frames.kind(scan.index()))) {
      record = scan.position();
    }
    if (frames.closesUnit(scan.index())) {
      long end = scan.next();
      last =
          new Recovery.Verdict(
              end, record, scan.position(), last.mark(), end - superblock.tail(), table.limit());
    }
  }

  /** What was proven durable belongs to the log, damaged or not: whoever reads it is told. */
  private Recovery.Verdict atLeastProven(long proven) {
    return proven <= last.end()
        ? last
        : new Recovery.Verdict(
            proven, last.head(), Block.UNKNOWN, last.mark(), last.checkedBytes(), last.usedLimit());
  }
}
