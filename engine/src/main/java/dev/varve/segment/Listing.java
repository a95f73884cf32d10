package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import java.util.List;
import java.util.Set;

/** The files of a folder as one look found them. */
final class Listing {
  /** Bounds what a forged mark can make us look for. */
  private static final int MAX_MISSING = 1024;

  private static final Set<String> FIXED =
      Set.of(SegmentNames.NEW_SUPERBLOCK, SegmentNames.WRITER_LOCK, SegmentNames.READERS_LOCK);

  private final Directory directory;
  private final Set<String> names;
  private final List<Long> segmentStarts;

  private Listing(Directory directory, Set<String> names) {
    this.directory = directory;
    this.names = names;
    this.segmentStarts = SegmentNames.segmentStarts(names);
  }

  static Listing of(Directory directory) {
    return new Listing(directory, Set.copyOf(directory.list()));
  }

  Directory directory() {
    return directory;
  }

  Set<String> names() {
    return names;
  }

  boolean has(String name) {
    return names.contains(name);
  }

  /** The starts of its segments, ascending; a negative one is a foreign name. */
  List<Long> segmentStarts() {
    return segmentStarts;
  }

  /**
   * Whether there is a log.
   *
   * @throws StorageException.UnsupportedFormat where there is none, and something else than what an
   *     unfinished start leaves
   */
  boolean holdsLog() {
    if (has(SegmentNames.SUPERBLOCK)) {
      return true;
    }
    List<String> foreign =
        names.stream()
            .filter(name -> !SegmentNames.isPool(name) && !FIXED.contains(name))
            .sorted()
            .toList();
    if (!foreign.isEmpty()) {
      throw foreign(foreign.getFirst());
    }
    return false;
  }

  private StorageException foreign(String name) {
    return new StorageException.UnsupportedFormat(
        directory.path(),
        name + " and no superblock",
        SegmentNames.isSegment(name)
            ? "a Varve log; adoptSeed takes bare seed folders"
            : "a Varve log or an empty folder");
  }

  /** Refuses segments whose names are no segment's start. */
  void refuseMisplaced(Geometry geometry) {
    for (long start : segmentStarts()) {
      if (start < 0 || start % geometry.segmentSize() != 0) {
        throw new StorageException.UnsupportedFormat(
            start < 0 ? "a segment file" : SegmentNames.segment(start),
            "a name that is no segment's start",
            "multiples of the segment size " + geometry.segmentSize());
      }
    }
  }

  /**
   * The table of the segments from the tail on, up to the first that is missing above the proven
   * mark. Those that are missing below it have a place, so that whoever reads there is told.
   */
  SegmentTable table(Superblock superblock) {
    Geometry geometry = superblock.geometry();
    long start = geometry.segmentStart(superblock.tail());
    SegmentTable table = new SegmentTable(geometry, start, superblock.tail());
    int missing = 0;
    while (missing <= MAX_MISSING) {
      if (!has(SegmentNames.segment(start))) {
        if (start >= superblock.mark()) {
          break;
        }
        missing++;
      }
      table.add(segment(geometry, start));
      start += geometry.segmentSize();
    }
    return table;
  }

  /** The segment that starts at {@code start}, whether its file is there or not. */
  Segment segment(Geometry geometry, long start) {
    return Segment.in(directory, geometry, start);
  }

  /** Refuses a table in which a file is missing. */
  void refuseMissing(SegmentTable table) {
    for (Segment segment : table.segments()) {
      if (!has(segment.file().name())) {
        throw table.damage(new Block.Fault(segment.start(), "the file", "none")).asException();
      }
    }
  }
}
