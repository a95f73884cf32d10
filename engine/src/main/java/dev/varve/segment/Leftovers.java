package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Files that an earlier session left and nobody needs, until they are removed: the pool, whose
 * content means nothing, segments before the tail, and those that recovery discards.
 *
 * <p>Giving back a file's blocks takes longer than most steps of an opening. So the opening only
 * lists and renames, and then {@link Preparer} removes: its thread, before it makes any file, or
 * the closing where none was needed. A crash in between leaves leftovers again. They belong to one
 * of these threads at a time; names of the pool are given to any.
 */
final class Leftovers {
  private final Directory directory;
  private final Set<String> taken;
  private final List<String> names = new ArrayList<>();
  private long poolNumber;

  /**
   * @param firstStart the start of the oldest segment that is kept; durably so before any of those
   *     before it is removed
   */
  Leftovers(Listing listing, long firstStart) {
    this.directory = listing.directory();
    this.taken = listing.names();
    taken.stream().filter(Leftovers::isPassing).forEach(names::add);
    listing.segmentStarts().stream()
        .filter(start -> start < firstStart)
        .map(SegmentNames::segment)
        .forEach(names::add);
  }

  private static boolean isPassing(String name) {
    return SegmentNames.isPool(name) || name.equals(SegmentNames.NEW_SUPERBLOCK);
  }

  /** A pool name that no file in the folder has, leftovers included. */
  synchronized String nextPoolName() {
    String name = SegmentNames.pool(poolNumber++);
    while (taken.contains(name)) {
      name = SegmentNames.pool(poolNumber++);
    }
    return name;
  }

  /** Whether there is a segment among them, and not just what never was one. */
  boolean holdSegments() {
    return names.stream().anyMatch(SegmentNames::isSegment);
  }

  /** Closes a segment and makes a leftover of it: from now on there is none of its name. */
  void discard(SegmentFile segment) {
    segment.close();
    segment.rename(nextPoolName());
    names.add(segment.name());
  }

  /** Removes them all, or leaves those to the next session that cannot be removed. */
  void removeIfPossible() {
    try {
      remove();
    } catch (StorageException harmless) {
      names.clear();
    }
  }

  /** Removes them all; their space is free then. */
  void remove() {
    names.forEach(directory::unlink);
    names.clear();
  }
}
