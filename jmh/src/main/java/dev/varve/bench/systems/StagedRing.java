package dev.varve.bench.systems;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Segments that are staged in memory; each append writes the blocks it stored to with one pwrite
 * into a file that was written full of zeros, synced and forgotten by the page cache beforehand,
 * then calls fdatasync. A sync waits until every thread has appended, so that it serves all of
 * them, and none of them sleeps: that is more than a log can do that does not know how many threads
 * will come.
 */
final class StagedRing implements LimitSegments {
  private static final int COUNT = 32;
  private static final int BLOCK_BYTES = LimitLog.BLOCK_BYTES;

  /** Threads that stop between iterations do not come. */
  private static final long PATIENCE_NANOS = 1_000_000;

  private final ResidentRing staging = new ResidentRing(COUNT);
  private final NativeFile file;
  private final int threads;
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicLong arrivals = new AtomicLong();
  private long served;
  private volatile long stored;
  private volatile long durable;

  /** For so many threads that append, each when its last record is durable. */
  StagedRing(Path folder, int threads) throws IOException {
    this.threads = threads;
    file = NativeFile.open(folder.resolve("staged"));
    for (int i = 0; i < COUNT; i++) {
      file.write(staging.segment(i), (long) i * SEGMENT_BYTES);
    }
    file.sync();
    file.forgetCached();
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
  // Nothing depends on whether a yield does anything: another thread is at work.
  @SuppressWarnings("ThreadPriorityCheck")
  void awaitDurable(long position) {
    arrivals.incrementAndGet();
    while (durable < position) {
      if (writing.compareAndSet(false, true)) {
        if (durable < position) {
          writeAndSync();
        }
        writing.set(false);
      } else {
        Thread.yield();
      }
    }
  }

  private void writeAndSync() {
    awaitAll();
    served = arrivals.get();
    long end = stored;
    write(durable & -BLOCK_BYTES, (end + BLOCK_BYTES - 1) & -BLOCK_BYTES);
    file.sync();
    durable = end;
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private void awaitAll() {
    long start = System.nanoTime();
    while (arrivals.get() - served < threads && System.nanoTime() - start < PATIENCE_NANOS) {
      Thread.yield();
    }
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
