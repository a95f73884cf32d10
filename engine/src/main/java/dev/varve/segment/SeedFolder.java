package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import java.util.List;

/** A bare folder of segments that independent programs wrote after the seed's text. */
final class SeedFolder {
  private final Geometry geometry;
  private final Listing listing;

  /**
   * @throws StorageException.UnsupportedFormat when the folder holds a log, or no segments of these
   *     sizes
   */
  SeedFolder(Directory directory, Geometry geometry) {
    this.geometry = geometry;
    this.listing = Listing.of(directory);
    if (listing.has(SegmentNames.SUPERBLOCK)) {
      throw new StorageException.UnsupportedFormat(
          directory.path(), "a superblock", "a bare seed folder; open this one");
    }
    if (listing.segmentStarts().isEmpty()) {
      throw new StorageException.UnsupportedFormat(
          directory.path(), "no segment file", "a folder with f*.sf files");
    }
    listing.refuseMisplaced(geometry);
  }

  /** The superblock that makes a log of it. */
  Superblock superblock() {
    List<Long> starts = listing.segmentStarts();
    return Superblock.fresh(geometry, starts.getFirst());
  }

  /** Refuses a folder with a damaged record, before anything is added to it. */
  void judge() {
    Superblock adopted = superblock();
    SegmentTable table = listing.table(adopted);
    try {
      refuseLarger(table);
      Recovery.Verdict verdict = new Recovery(table, adopted).judge(false);
      TornTail.refuseProof(listing, table, verdict.end());
    } finally {
      table.close();
    }
  }

  private static void refuseLarger(SegmentTable table) {
    for (Segment segment : table.segments()) {
      SegmentFile file = segment.file();
      long found = file.file().size();
      file.closeFile();
      if (found > file.size()) {
        throw new StorageException.UnsupportedFormat(
            file.name(), found + " bytes", "segments of " + file.size() + " bytes as asked for");
      }
    }
  }
}
