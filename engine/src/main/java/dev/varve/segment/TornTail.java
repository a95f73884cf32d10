package dev.varve.segment;

import dev.varve.io.StoredFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes what stands behind the end: otherwise a record of equal length could make an old one
 * behind it valid again.
 */
final class TornTail {
  private final Listing listing;
  private final SegmentTable table;
  private final Geometry geometry;
  private final Leftovers leftovers;
  private final Runnable beforeCut;
  private boolean cutting;
  private int framesInBlock;

  /**
   * What was removed, and what is left in the block of the end.
   *
   * @param bytes how many bytes were cut
   * @param framesInBlock how many frames the block keeps
   */
  record Cut(long bytes, int framesInBlock) {}

  /**
   * @param beforeCut called once, before the first used byte goes: a recovery that dies from here
   *     on leaves a cut that is in the page cache only
   */
  TornTail(Listing listing, SegmentTable table, Leftovers leftovers, Runnable beforeCut) {
    this.listing = listing;
    this.table = table;
    this.geometry = table.geometry();
    this.leftovers = leftovers;
    this.beforeCut = beforeCut;
  }

  /**
   * Looks into the segments behind a missing one for a record that proves the missing one was
   * durable. Where records carry no marks, any valid one does.
   */
  static void refuseProof(Listing listing, SegmentTable table, long end) {
    Geometry geometry = table.geometry();
    for (long start : listing.segmentStarts()) {
      if (start > table.limit()) {
        SegmentTable orphan = new SegmentTable(geometry, start, start);
        orphan.add(listing.segment(geometry, start));
        try {
          if (proves(orphan, end)) {
            throw table.damage(new Block.Fault(table.limit(), "the file", "none")).asException();
          }
        } finally {
          orphan.close();
        }
      }
    }
  }

  private static boolean proves(SegmentTable orphan, long end) {
    FrameScan scan = new FrameScan(orphan).from(orphan.firstStart(), Block.UNKNOWN);
    boolean crc = orphan.geometry().crc();
    return scan.anyAhead(orphan.limit(), (frames, index) -> !crc || frames.mark(index) > end);
  }

  /**
   * Cuts, and makes the cut durable before anything is appended.
   *
   * @param unsure whether an earlier recovery may have died in its cut: what is zero or gone
   *     already may not be so durably
   */
  Cut cut(Recovery.Verdict verdict, boolean unsure) {
    long end = verdict.end();
    long bytes = discardLaterSegments(geometry.segmentStart(end), verdict.usedLimit());
    Segment tail = end < table.limit() ? table.find(end) : null;
    if (tail != null) {
      bytes += zeroBehind(tail, end, reach(verdict, tail), unsure);
    }
    makeDurable(tail, unsure);
    return new Cut(bytes, framesInBlock);
  }

  /**
   * One block behind those that may hold frames may hold a frame that never got its slot;
   * everything behind is zero still.
   */
  private int reach(Recovery.Verdict verdict, Segment tail) {
    long reach = Math.max(verdict.usedLimit(), verdict.end()) + 2L * geometry.blockSize();
    return (int) Math.min(geometry.segmentSize(), reach - tail.start());
  }

  /**
   * Their names are durably gone before the cut goes on, unless what comes back would be all zero.
   */
  private long discardLaterSegments(long tailStart, long usedLimit) {
    long used = 0;
    for (long start : descending(listing.segmentStarts())) {
      if (start > tailStart) {
        used += discard(start, start < usedLimit || start >= table.limit());
      }
    }
    if (used > 0) {
      listing.directory().sync();
    }
    return used;
  }

  private void makeDurable(@Nullable Segment tail, boolean unsure) {
    if (unsure) {
      listing.directory().sync();
    }
    if (tail != null && (cutting || unsure)) {
      tail.file().file().sync();
    }
  }

  private void beginCut() {
    if (!cutting) {
      cutting = true;
      beforeCut.run();
    }
  }

  private static List<Long> descending(List<Long> starts) {
    List<Long> order = new ArrayList<>(starts);
    order.sort(Comparator.reverseOrder());
    return order;
  }

  private long discard(long start, boolean maybeUsed) {
    boolean known = start < table.limit();
    Segment segment = known ? table.removeLast() : listing.segment(geometry, start);
    long used = maybeUsed ? segment.file().usedBetween(0, geometry.segmentSize()) : 0;
    if (used > 0) {
      beginCut();
    }
    leftovers.discard(segment.file());
    return used;
  }

  /** Zeros that can be read already are written again if unsure: a sync of them may have failed. */
  private long zeroBehind(Segment tail, long end, int reach, boolean unsure) {
    StoredFile file = tail.file().file();
    if (file.size() < geometry.segmentSize()) {
      beginCut();
      leftovers.remove();
      tail.file().grow();
    }
    Block block = new Block(geometry);
    table.load(geometry.blockStart(end), block);
    framesInBlock = block.countBefore(end);
    int from = (int) (end - block.start());
    int to = geometry.blockSize() - framesInBlock * FrameLayout.SLOT_BYTES;
    int usedInBlock = Zeros.usedLimit(block.bytes(), from, to) - from;
    long blockOffset = block.start() - tail.start();
    int rest = (int) blockOffset + geometry.blockSize();
    int usedBehind = tail.file().usedBetween(rest, reach) - rest;
    if (usedInBlock + usedBehind > 0) {
      beginCut();
    }
    if (usedInBlock > 0 || unsure) {
      zero(file, blockOffset + from, to - from);
    }
    zero(file, rest, unsure ? geometry.segmentSize() - rest : usedBehind);
    return usedBehind > 0 ? usedBehind + geometry.blockSize() - (long) from : usedInBlock;
  }

  private static void zero(StoredFile file, long offset, int length) {
    if (length > 0) {
      file.zeroFill(offset, length);
    }
  }
}
