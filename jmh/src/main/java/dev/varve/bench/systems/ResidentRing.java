package dev.varve.bench.systems;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Segments of resident memory without any file, used again in turn. */
final class ResidentRing implements LimitSegments {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment[] segments;

  ResidentRing(int count) {
    MemorySegment memory = arena.allocate((long) count * SEGMENT_BYTES, 2 << 20);
    memory.fill((byte) 0);
    segments = MappedRing.slices(memory);
  }

  @Override
  public MemorySegment segment(long number) {
    return segments[(int) (number % segments.length)];
  }

  @Override
  public MemorySegment next(long number) {
    return segment(number);
  }

  @Override
  public long kept() {
    return segments.length;
  }

  @Override
  public void close() {
    arena.close();
  }
}
