package dev.varve.bench.systems;

import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Segments of one preallocated, populated, mapped file that are used again in turn. */
final class MappedRing implements LimitSegments {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment[] segments;

  MappedRing(Path folder, int count) throws IOException {
    Path file = folder.resolve("ring");
    long bytes = (long) count * SEGMENT_BYTES;
    try (NativeFile allocated = NativeFile.open(file)) {
      allocated.allocate(bytes);
    }
    MemorySegment mapping;
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      mapping = channel.map(READ_WRITE, 0, bytes, arena);
    }
    NativeFile.populate(mapping);
    segments = slices(mapping);
  }

  static MemorySegment[] slices(MemorySegment memory) {
    MemorySegment[] slices = new MemorySegment[(int) (memory.byteSize() / SEGMENT_BYTES)];
    for (int i = 0; i < slices.length; i++) {
      slices[i] = memory.asSlice((long) i * SEGMENT_BYTES, SEGMENT_BYTES);
    }
    return slices;
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
