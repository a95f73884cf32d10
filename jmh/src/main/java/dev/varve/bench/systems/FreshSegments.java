package dev.varve.bench.systems;

import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Segments that were never used before, a file each, prepared ahead by a thread of their own. All
 * stay mapped until the end.
 */
final class FreshSegments implements LimitSegments {
  private static final int PREPARED_AHEAD = 8;
  private static final long ALL = 1L << 32;

  private final Arena arena = Arena.ofShared();
  private final Path folder;
  private final ArrayBlockingQueue<MemorySegment> prepared =
      new ArrayBlockingQueue<>(PREPARED_AHEAD);
  private final List<MemorySegment> used = new CopyOnWriteArrayList<>();
  private final Thread preparer;
  private volatile boolean closed;

  FreshSegments(Path folder) {
    this.folder = folder;
    this.preparer = Thread.ofPlatform().name("limit-prepare").daemon().start(this::prepareAhead);
  }

  private void prepareAhead() {
    try {
      for (long number = 0; !closed; number++) {
        prepared.put(prepare(folder.resolve("f%012d.sf".formatted(number * SEGMENT_BYTES))));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MemorySegment prepare(Path file) throws IOException {
    try (NativeFile allocated = NativeFile.open(file)) {
      allocated.allocate(SEGMENT_BYTES);
    }
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      MemorySegment mapping = channel.map(READ_WRITE, 0, SEGMENT_BYTES, arena);
      NativeFile.populate(mapping);
      return mapping;
    }
  }

  @Override
  public MemorySegment segment(long number) {
    return used.get((int) number);
  }

  @Override
  public MemorySegment next(long number) {
    try {
      MemorySegment taken = prepared.take();
      used.add(taken);
      return taken;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long kept() {
    return ALL;
  }

  @Override
  public void close() {
    closed = true;
    // Makes room for the one segment that the preparer may be about to hand over.
    prepared.clear();
    try {
      preparer.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    arena.close();
  }
}
