package dev.varve.segment;

import dev.varve.io.Directory;
import java.util.List;

/**
 * Gives back the segments before the tail: the tail is durable first, then files are renamed into
 * the pool. While another process reads they are unlinked instead, since it may have them mapped.
 */
final class Retention {
  private final Directory directory;
  private final SegmentTable table;
  private final SuperblockFile superblock;
  private final DirectoryEntries entries;
  private final Preparer preparer;

  Retention(
      Directory directory,
      SegmentTable table,
      SuperblockFile superblock,
      DirectoryEntries entries,
      Preparer preparer) {
    this.directory = directory;
    this.table = table;
    this.superblock = superblock;
    this.entries = entries;
    this.preparer = preparer;
  }

  void run() {
    long tail = table.tail();
    if (table.firstStart() + table.geometry().segmentSize() > tail) {
      return;
    }
    superblock.update(known -> known.withTail(tail));
    Directory.Lock alone = ReadersLock.alone(directory);
    try {
      giveBack(table.removeBefore(tail), alone != null);
    } finally {
      ReadersLock.release(alone);
    }
  }

  private void giveBack(List<Segment> segments, boolean reuse) {
    int done = 0;
    try {
      for (; done < segments.size(); done++) {
        giveBack(segments.get(done).file(), reuse);
      }
    } finally {
      segments.subList(done, segments.size()).forEach(segment -> segment.file().close());
    }
  }

  private void giveBack(SegmentFile file, boolean reuse) {
    if (reuse) {
      file.rename(preparer.nextPoolName());
      entries.changed();
      preparer.recycle(file);
    } else {
      directory.unlink(file.name());
      entries.changed();
      file.close();
    }
  }
}
