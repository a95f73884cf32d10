package dev.varve.bench.systems;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Segments that are staged in memory; each append writes the blocks it stored to with one pwrite
 * into a file that was written full of zeros and synced beforehand, then calls fdatasync. Threads
 * that arrive meanwhile are served together by the next one.
 */
final class StagedRing implements LimitSegments {
  private static final int COUNT = 32;
  private static final int BLOCK_BYTES = LimitLog.BLOCK_BYTES;

  private final ResidentRing staging = new ResidentRing(COUNT);
  private final NativeFile file;
  private boolean writing;
  private volatile long stored;
  private volatile long durable;

  StagedRing(Path folder) throws IOException {
    file = NativeFile.open(folder.resolve("staged"));
    for (int i = 0; i < COUNT; i++) {
      file.write(staging.segment(i), (long) i * SEGMENT_BYTES);
    }
    file.sync();
  }

  @Override
  public MemorySegment segment(long number) {
    return staging.segment(number);
  }

  @Override
  public MemorySegment next(long number) {
    return staging.segment(number);
  }

  @Override
  public long kept() {
    return COUNT;
  }

  @Override
  public void stored(long from, long to) {
    stored = to;
  }

  /** Waits until everything below a position is durable; one of those who wait does the work. */
  void awaitDurable(long position) {
    while (durable < position) {
      if (becomesWriter(position)) {
        long end = stored;
        write(durable & -BLOCK_BYTES, (end + BLOCK_BYTES - 1) & -BLOCK_BYTES);
        file.sync();
        endWriting(end);
      }
    }
  }

  /** False when somebody else wrote in the meantime. */
  private synchronized boolean becomesWriter(long position) {
    try {
      while (writing && durable < position) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    boolean writes = durable < position;
    writing |= writes;
    return writes;
  }

  private synchronized void endWriting(long end) {
    durable = end;
    writing = false;
    notifyAll();
  }

  private void write(long from, long to) {
    for (long at = from; at < to; ) {
      long offset = at % SEGMENT_BYTES;
      long length = Math.min(to - at, SEGMENT_BYTES - offset);
      MemorySegment blocks = segment(at / SEGMENT_BYTES).asSlice(offset, length);
      file.write(blocks, at % ((long) COUNT * SEGMENT_BYTES));
      at += length;
    }
  }

  @Override
  public void close() {
    file.close();
    staging.close();
  }
}
