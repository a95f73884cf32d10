package dev.varve.segment;

import dev.varve.io.Directory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A file in its place in the log. When retention gives the file back, the place is over. */
final class Segment {
  private final long start;
  private final SegmentFile file;
  private volatile boolean dropped;
  private volatile boolean durable;
  private volatile @Nullable MemorySegment staging;

  Segment(long start, SegmentFile file) {
    this.start = start;
    this.file = file;
  }

  /** The segment that starts at {@code start}, whether its file is there or not. */
  static Segment in(Directory directory, Geometry geometry, long start) {
    String name = SegmentNames.segment(start);
    return new Segment(start, new SegmentFile(directory, name, geometry.segmentSize()));
  }

  long start() {
    return start;
  }

  long limit() {
    return start + file.size();
  }

  SegmentFile file() {
    return file;
  }

  /** Where the positional write path encodes frames before it writes them; null without one. */
  @Nullable MemorySegment staging() {
    return staging;
  }

  void staging(@Nullable MemorySegment memory) {
    staging = memory;
  }

  boolean dropped() {
    return dropped;
  }

  void drop() {
    dropped = true;
  }

  /** Whether every byte that it will ever hold is durable. */
  boolean durable() {
    return durable;
  }

  void durable(boolean all) {
    durable = all;
  }
}
