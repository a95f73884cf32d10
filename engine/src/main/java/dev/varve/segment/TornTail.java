package dev.varve.segment;

import dev.varve.io.Directory;
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
  private final Directory directory;
  private final SegmentTable table;
  private final Geometry geometry;
  private final List<String> names;
  private final Leftovers leftovers;
  private final Runnable beforeCut;
  private int framesInBlock;
  private boolean cutting;

  /**
   * @param beforeCut called once, before the first used byte goes: a recovery that dies from here
   *     on leaves a cut that is in the page cache only
   */
  TornTail(
      Directory directory,
      SegmentTable table,
      List<String> names,
      Leftovers leftovers,
      Runnable beforeCut) {
    this.directory = directory;
    this.table = table;
    this.geometry = table.geometry();
    this.names = names;
    this.leftovers = leftovers;
    this.beforeCut = beforeCut;
  }

  /** Frames that the block of the end keeps. */
  int framesInBlock() {
    return framesInBlock;
  }

  /**
   * Looks into the segments behind a missing one for a record that proves the missing one was
   * durable. Where records carry no marks, any valid one does.
   */
  void refuseProof(long end) {
    for (long start : SegmentNames.segmentStarts(names)) {
      if (start > table.limit()) {
        SegmentTable orphan = new SegmentTable(geometry, start, start);
        orphan.add(Opening.segment(directory, geometry, start));
        try {
          refuseProof(orphan, end);
        } finally {
          orphan.close();
        }
      }
    }
  }

  private void refuseProof(SegmentTable orphan, long end) {
    FrameScan scan = new FrameScan(orphan).from(orphan.firstStart(), Block.UNKNOWN);
    boolean crc = geometry.crc();
    if (scan.anyAhead(orphan.limit(), (frames, index) -> !crc || frames.mark(index) > end)) {
      throw table.damage(new Block.Fault(table.limit(), "the file", "none")).asException();
    }
  }

  /**
   * Cuts, and makes the cut durable before anything is appended.
   *
   * @param usedLimit where the blocks end that may hold frames: one block more may hold a frame
   *     that never got its slot, and everything behind is zero still
   * @param unsure whether an earlier recovery may have died in its cut: what is zero or gone
   *     already may not be so durably
   * @return how many bytes it cut
   */
  long cut(long end, long usedLimit, boolean unsure) {
    long cutBytes = removeLaterSegments(geometry.segmentStart(end), usedLimit);
    Segment tail = end < table.limit() ? table.find(end) : null;
    if (tail != null) {
      long reach = Math.max(usedLimit, end) + 2L * geometry.blockSize();
      cutBytes +=
          zeroBehind(tail, end, (int) Math.min(geometry.segmentSize(), reach - tail.start()));
    }
    makeDurable(tail, unsure);
    return cutBytes;
  }

  /** A removal is durable before the cut goes on, unless what comes back would be all zero. */
  private long removeLaterSegments(long tailStart, long usedLimit) {
    long used = 0;
    for (long start : descending(SegmentNames.segmentStarts(names))) {
      if (start > tailStart) {
        used += remove(start, start < usedLimit || start >= table.limit());
      }
    }
    if (used > 0) {
      directory.sync();
    }
    return used;
  }

  private void makeDurable(@Nullable Segment tail, boolean unsure) {
    if (unsure) {
      directory.sync();
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

  private long remove(long start, boolean maybeUsed) {
    boolean known = start < table.limit();
    Segment segment = known ? table.removeLast() : Opening.segment(directory, geometry, start);
    long used = maybeUsed ? segment.file().usedBetween(0, geometry.segmentSize()) : 0;
    if (used > 0) {
      beginCut();
    }
    leftovers.discard(segment.file());
    return used;
  }

  private long zeroBehind(Segment tail, long end, int reach) {
    StoredFile file = tail.file().file();
    if (file.size() < geometry.segmentSize()) {
      leftovers.remove();
      tail.file().grow();
    }
    Block block = new Block(geometry);
    table.load(geometry.blockStart(end), block);
    framesInBlock = block.countBefore(end);
    int from = (int) (end - block.start());
    int to = geometry.blockSize() - framesInBlock * FrameLayout.SLOT_BYTES;
    int usedInBlock = used(block.bytes(), from, to);
    long blockOffset = block.start() - tail.start();
    int rest = (int) blockOffset + geometry.blockSize();
    int usedBehind = tail.file().usedBetween(rest, reach) - rest;
    if (usedInBlock + usedBehind > 0) {
      beginCut();
    }
    if (usedInBlock > 0) {
      file.zeroFill(blockOffset + from, to - from);
    }
    if (usedBehind > 0) {
      file.zeroFill(rest, usedBehind);
    }
    return usedBehind > 0 ? usedBehind + geometry.blockSize() - (long) from : usedInBlock;
  }

  /** Distance from {@code from} to behind the last byte before {@code to} that is not zero. */
  private static int used(byte[] bytes, int from, int to) {
    int used = to;
    while (used > from && bytes[used - 1] == 0) {
      used--;
    }
    return used - from;
  }
}
