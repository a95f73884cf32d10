package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps segments ready ahead of the appender, on a thread of its own: files with their blocks
 * reserved and zero, resident in memory. One of them already has its final name; the others have
 * pool names, so that a crash leaves nothing that looks like a segment.
 *
 * <p>What an earlier session left is removed first: its space may be what the first file needs.
 * Segments that retention gave back are zeroed and used again while still mapped.
 */
final class Preparer implements Runnable {
  private static final int RECYCLED_PER_PREPARED = 8;
  private static final int PAGE_BYTES = 4096;

  private final Directory directory;
  private final DirectoryEntries entries;
  private final Leftovers leftovers;
  private final int segmentSize;
  private final boolean mapped;

  /** Whether a block is a page or more: writing less into a page that was forgotten reads it. */
  private final boolean wholePages;

  private final int target;
  private final Thread thread;

  private final Deque<SegmentFile> ready = new ArrayDeque<>();
  private final Deque<SegmentFile> recycled = new ArrayDeque<>();
  private final Deque<MemorySegment> stagings = new ArrayDeque<>();
  private @Nullable Segment ahead;
  private @Nullable RuntimeException failure;
  private long nextStart;
  private boolean started;
  private boolean stopped;

  Preparer(
      Directory directory,
      DirectoryEntries entries,
      Leftovers leftovers,
      LogOptions options,
      long nextStart,
      ThreadFactory threads) {
    this.directory = directory;
    this.entries = entries;
    this.leftovers = leftovers;
    this.segmentSize = options.segmentSize();
    this.wholePages = options.blockSize() >= PAGE_BYTES;
    this.mapped = options.writePath() == WritePath.MAPPED;
    this.target = options.preparedSegments();
    this.nextStart = nextStart;
    this.thread = threads.newThread(this);
  }

  /** Starts the thread, once; where none can be had, those who need a segment are told. */
  synchronized void start() {
    if (!started) {
      started = true;
      try {
        thread.start();
      } catch (RuntimeException | Error none) {
        fail(none);
      }
    }
  }

  /**
   * The segment that starts at {@code start}, which must be the one after the last that was taken.
   *
   * @throws StorageException.Full when there is no space for it
   */
  synchronized Segment take(long start) {
    boolean interrupted = false;
    Segment taken = ahead;
    while (taken == null || taken.start() != start) {
      refuseAfterFailure();
      interrupted |= Threads.pause(this);
      taken = ahead;
    }
    ahead = null;
    nextStart = start + segmentSize;
    notifyAll();
    Threads.restore(interrupted);
    return taken;
  }

  private void refuseAfterFailure() {
    RuntimeException failed = failure;
    if (failed instanceof StorageException.Full full) {
      throw new StorageException.Full(String.valueOf(full.getMessage()), full);
    }
    if (failed != null) {
      throw new StorageException.Unavailable("no segment could be prepared", failed);
    }
    if (stopped) {
      throw new IllegalStateException("the log is closed");
    }
  }

  /** Takes back a file that is no segment any more; it has a pool name by now. */
  synchronized void recycle(SegmentFile file) {
    if (stopped || recycled.size() >= RECYCLED_PER_PREPARED * target) {
      file.close();
      directory.unlink(file.name());
      return;
    }
    recycled.add(file);
    notifyAll();
  }

  /** Takes back the staging of a segment whose blocks have all been written. */
  synchronized void recycle(MemorySegment staging) {
    if (stagings.size() < target) {
      stagings.add(staging);
    }
  }

  String nextPoolName() {
    return leftovers.nextPoolName();
  }

  @Override
  public void run() {
    try {
      leftovers.remove();
      while (awaitDemand()) {
        serveDemand();
      }
    } catch (RuntimeException | Error failed) {
      fail(failed);
    }
  }

  private synchronized void fail(Throwable failed) {
    failure =
        failed instanceof RuntimeException exception
            ? exception
            : new StorageException.Unavailable("a prepared segment cannot be written", failed);
    notifyAll();
  }

  private synchronized boolean awaitDemand() {
    while (!stopped && ahead != null && ready.size() + 1 >= target) {
      boolean ignored = Threads.pause(this);
    }
    return !stopped;
  }

  private void serveDemand() {
    SegmentFile named = pollReady();
    if (named != null) {
      closeOnFailure(named, this::activate);
      return;
    }
    SegmentFile used = pollRecycled();
    if (used != null) {
      closeOnFailure(used, this::renew);
    } else {
      closeOnFailure(new SegmentFile(directory, nextPoolName(), segmentSize), this::make);
    }
  }

  /** A file that fails on its way to be ready belongs to nobody yet. */
  private static void closeOnFailure(SegmentFile file, Consumer<SegmentFile> step) {
    try {
      step.accept(file);
    } catch (RuntimeException | Error failed) {
      file.close();
      throw failed;
    }
  }

  /** A ready file, when one has to be named. */
  private synchronized @Nullable SegmentFile pollReady() {
    return ahead == null ? ready.poll() : null;
  }

  private void activate(SegmentFile file) {
    long start = nextStart();
    Segment segment = new Segment(start, file);
    if (!mapped) {
      segment.staging(zeroedStaging());
    }
    file.rename(SegmentNames.segment(start));
    entries.changed();
    if (!mapped) {
      entries.makeDurable();
    }
    synchronized (this) {
      ahead = segment;
      notifyAll();
    }
  }

  private synchronized long nextStart() {
    return nextStart;
  }

  MemorySegment zeroedStaging() {
    MemorySegment used;
    synchronized (this) {
      used = stagings.poll();
    }
    return used == null ? Arena.ofAuto().allocate(segmentSize, Long.BYTES) : used.fill((byte) 0);
  }

  private synchronized @Nullable SegmentFile pollRecycled() {
    return recycled.poll();
  }

  private void make(SegmentFile file) {
    file.create();
    if (mapped) {
      file.populate();
    } else {
      zero(file);
    }
    offer(file);
  }

  private void renew(SegmentFile file) {
    file.grow();
    zero(file);
    offer(file);
  }

  private void zero(SegmentFile file) {
    if (mapped) {
      MemorySegment ignored = file.writableMemory().fill((byte) 0);
    } else {
      file.file().zeroFill(0, segmentSize);
      file.file().sync();
      if (wholePages) {
        file.file().forgetCached();
      }
    }
  }

  private void offer(SegmentFile prepared) {
    MappedAccess.settle();
    synchronized (this) {
      ready.add(prepared);
    }
  }

  /** Ends the thread and removes every file that holds nothing. */
  void stop() {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    Threads.join(thread);
    if (thread.getState() == Thread.State.NEW) {
      leftovers.removeIfPossible();
    }
    Segment named = ahead;
    if (named != null) {
      ready.add(named.file());
    }
    ready.addAll(recycled);
    ready.forEach(SegmentFile::close);
    ready.forEach(unused -> directory.unlink(unused.name()));
  }
}
