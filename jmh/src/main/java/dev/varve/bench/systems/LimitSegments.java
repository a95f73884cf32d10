package dev.varve.bench.systems;

import java.lang.foreign.MemorySegment;

/** Where the segments of a limit come from, and what happens to what was put into them. */
interface LimitSegments extends AutoCloseable {
  /** Size of every segment. */
  int SEGMENT_BYTES = 4 << 20;

  /** The memory of a segment that was handed out; numbers count up from 0. */
  MemorySegment segment(long number);

  /** Makes the memory of the next segment ready; what it held before is void. */
  MemorySegment next(long number);

  /** How many of the newest segments can be read. */
  long kept();

  /** Called at the end of each append with the range of positions that it stored to. */
  default void stored(long from, long to) {}

  @Override
  void close();
}
