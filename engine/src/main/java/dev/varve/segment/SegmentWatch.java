package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import dev.varve.io.StoredFile;

/**
 * Keeps a reader's table in step with a folder that a writer changes: with the segments that come
 * behind, and with those that retention takes away. Guarded by the follower's monitor.
 */
final class SegmentWatch {
  private final Directory directory;
  private final SuperblockFile superblock;
  private final SegmentTable table;
  private final Geometry geometry;

  SegmentWatch(Directory directory, SuperblockFile superblock, SegmentTable table) {
    this.directory = directory;
    this.superblock = superblock;
    this.table = table;
    this.geometry = table.geometry();
  }

  /** Reads the superblock, and gives up the segments that it says are dropped. */
  Superblock refresh() {
    Superblock now = superblock.refresh();
    if (now.tail() > table.tail()) {
      table.tail(now.tail());
      table.startAt(now.tail()).forEach(dropped -> dropped.file().close());
    }
    return now;
  }

  /**
   * Adds segments until the table has {@code position}, or there is none.
   *
   * @throws StorageException.Dropped when retention has overtaken the table
   */
  void reach(long position) {
    boolean more = true;
    while (more && position > table.limit()) {
      more = addNext();
    }
  }

  private boolean addNext() {
    long start = table.limit();
    try (StoredFile next = directory.open(SegmentNames.segment(start), false)) {
      if (next == null) {
        refuseOvertaken(start);
        return false;
      }
      if (geometry.crc() && SegmentFile.isUnused(next, geometry.blockSize())) {
        return false;
      }
    }
    table.add(Segment.in(directory, geometry, start));
    return true;
  }

  /** A segment that is not there may have been dropped already, with all that was known. */
  private void refuseOvertaken(long start) {
    Superblock now = superblock.refresh();
    if (now.tail() > start) {
      throw new StorageException.Dropped(start, now.tail());
    }
  }

  /**
   * Gives up the segments behind the end. They may be replaced: a writer removes what it had
   * prepared when it leaves, and recovery removes what it cuts.
   */
  void forgetBehind(long end) {
    while (table.limit() - geometry.segmentSize() > Math.max(end, table.firstStart())) {
      table.removeLast().file().close();
    }
  }
}
