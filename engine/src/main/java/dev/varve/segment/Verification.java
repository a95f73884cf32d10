package dev.varve.segment;

import dev.varve.StorageException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a whole log and goes on behind damage. Batches that are whole can be passed on, which is
 * how {@link SegmentLog#salvage} copies.
 */
final class Verification {
  private final SegmentTable table;
  private final FrameScan scan;
  private final Consumer<List<byte[]>> batches;
  private final boolean copying;

  private final List<Damage> damages = new ArrayList<>();
  private final List<byte[]> batch = new ArrayList<>();
  private final Assembly assembly;
  private boolean broken;
  private int unitRecords;
  private long unitBytes;
  private long recordBytes;
  private long records;
  private long bytes;

  private Verification(SegmentTable table, boolean copying, Consumer<List<byte[]>> batches) {
    this.table = table;
    this.scan = new FrameScan(table);
    this.assembly = new Assembly(table);
    this.copying = copying;
    this.batches = batches;
  }

  /** Counts what is whole and lists what is not. */
  static VerifyReport verify(SegmentTable table, LogBounds bounds) {
    return new Verification(table, false, batch -> {}).run(bounds.tail(), bounds.end());
  }

  /** The same, with every whole batch passed to {@code batches}. */
  static VerifyReport copy(SegmentTable table, LogBounds bounds, Consumer<List<byte[]>> batches) {
    return new Verification(table, true, batches).run(bounds.tail(), bounds.end());
  }

  private VerifyReport run(long tail, long end) {
    reportShortFiles(end);
    scan.from(tail, Block.UNKNOWN);
    long frameEnd = tail;
    FrameScan.Step step = scan.step(end);
    while (isBelow(end, step)) {
      if (step == FrameScan.Step.INVALID) {
        damaged(scan.fault());
        scan.skip();
      } else {
        frame(scan.block(), scan.index());
        frameEnd = scan.block().end(scan.index());
      }
      step = scan.step(end);
    }
    if (frameEnd < end && damages.isEmpty()) {
      damaged(new Block.Fault(frameEnd, "records up to the end at " + end, "none"));
    }
    return new VerifyReport(records, bytes, damages);
  }

  /** Where nothing chains frames, a file that was cut looks like one with empty blocks. */
  private void reportShortFiles(long end) {
    byte[] last = new byte[1];
    for (Segment segment : table.segments()) {
      if (segment.limit() > end) {
        return;
      }
      try {
        if (table.copy(segment, segment.limit() - 1, last, 1) == 0) {
          damages.add(shortFile(segment));
        }
      } catch (StorageException.Corrupt | StorageException.Dropped elsewhere) {
        // The scan meets the one; the other is no longer part of the log.
      }
    }
  }

  private Damage shortFile(Segment segment) {
    long size = segment.file().memory().byteSize();
    return table.damage(
        new Block.Fault(
            segment.start() + size,
            "a file of %d bytes".formatted(segment.file().size()),
            size + " bytes"));
  }

  /** From the end on stands what has not been published, half of it perhaps. */
  private boolean isBelow(long end, FrameScan.Step step) {
    return switch (step) {
      case FRAME -> scan.position() < end;
      case INVALID -> scan.next() < end;
      case END -> false;
    };
  }

  private void damaged(Block.Fault fault) {
    damages.add(table.damage(fault));
    broken = scan.damagedUnitMayGoOn();
    forgetUnit();
  }

  private void forgetUnit() {
    unitRecords = 0;
    unitBytes = 0;
    recordBytes = 0;
    batch.clear();
  }

  private void frame(Block block, int index) {
    int payload = block.size(index) - FrameLayout.HEADER_BYTES;
    int kind = block.kind(index);
    if (!broken) {
      recordBytes += payload;
      if (kind == FrameLayout.WHOLE || kind == FrameLayout.LAST) {
        unitRecords++;
        unitBytes += recordBytes;
        recordBytes = 0;
      }
      if (copying && (kind == FrameLayout.WHOLE || kind == FrameLayout.FIRST)) {
        copyRecord(block, index);
      }
    }
    if (block.closesUnit(index)) {
      closeUnit();
    }
  }

  private void copyRecord(Block block, int index) {
    if (block.kind(index) == FrameLayout.WHOLE) {
      int from = block.offset(index) + FrameLayout.HEADER_BYTES;
      int length = block.size(index) - FrameLayout.HEADER_BYTES;
      byte[] copy = new byte[length];
      System.arraycopy(block.bytes(), from, copy, 0, length);
      batch.add(copy);
      return;
    }
    try {
      assembly.read(block.position(index));
      byte[] copy = new byte[assembly.length()];
      MemorySegment.copy(assembly.memory(), ValueLayout.JAVA_BYTE, 0, copy, 0, copy.length);
      batch.add(copy);
    } catch (StorageException.Corrupt later) {
      broken = true;
    }
  }

  private void closeUnit() {
    if (!broken) {
      records += unitRecords;
      bytes += unitBytes;
      if (copying && !batch.isEmpty()) {
        batches.accept(batch);
      }
    }
    broken = false;
    forgetUnit();
  }
}
