package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.StoredFile;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Makes what has been appended durable, for everybody who waits at once: one thread leads and syncs
 * all that is encoded by then, the others wait for it ({@code INV-3}: durable <= written <=
 * encoded).
 *
 * <p>On the positional path the leader first writes the staged blocks, in one write per segment.
 */
final class Commit {
  private final SegmentTable table;
  private final Geometry geometry;
  private final Appender appender;
  private final DirectoryEntries entries;
  private final Preparer preparer;
  private final Appender.Background background;
  private final Gathering gathering;
  private final boolean positional;

  private volatile long durable;
  private volatile boolean leading;
  private boolean closed;
  private long rewriteFrom;
  private final long rewriteTo;

  /**
   * @param recovered what was found at the start: what it keeps above its mark is written again
   *     before it is called durable
   */
  Commit(
      SegmentTable table,
      LogOptions options,
      Appender appender,
      DirectoryEntries entries,
      Preparer preparer,
      Appender.Background background,
      Gathering gathering,
      Recovery.Verdict recovered) {
    this.table = table;
    this.geometry = table.geometry();
    this.appender = appender;
    this.entries = entries;
    this.preparer = preparer;
    this.background = background;
    this.gathering = gathering;
    this.positional = options.writePath() == WritePath.POSITIONAL;
    this.durable = recovered.mark();
    this.rewriteFrom = recovered.mark();
    this.rewriteTo = recovered.end();
  }

  long durable() {
    return durable;
  }

  /** Everything below {@code batchEnd} has been synced, by whomever. */
  void advance(long batchEnd) {
    synchronized (this) {
      if (batchEnd <= durable) {
        return;
      }
      durable = batchEnd;
      appender.mark(batchEnd);
      notifyAll();
    }
  }

  /**
   * Returns once everything below {@code target}, an end that has been encoded, is durable.
   *
   * @throws StorageException.Unknown when that failed
   */
  void awaitDurable(long target) {
    if (durable < target) {
      int round = gathering.join();
      try {
        while (durable < target) {
          if (leadOrWait(target)) {
            lead(true);
          }
        }
      } finally {
        gathering.leave(round);
      }
    }
  }

  /** Returns once readers see everything below {@code target}: for the positional path. */
  void awaitWritten(long target) {
    while (appender.end() < target) {
      if (leadOrWaitWritten(target)) {
        lead(false);
      }
    }
  }

  private synchronized boolean leadOrWaitWritten(long target) {
    boolean interrupted = false;
    while (leading && appender.end() < target) {
      interrupted |= Threads.pause(this);
    }
    return becomeLeader(appender.end() < target, interrupted);
  }

  // Nothing depends on whether a yield does anything: who has yielded long enough sleeps.
  @SuppressWarnings("ThreadPriorityCheck")
  private boolean leadOrWait(long target) {
    long start = gathering.now();
    while (leading && durable < target && gathering.isWorthYielding(start)) {
      Thread.yield();
    }
    return durable < target && leadOrSleep(target);
  }

  private synchronized boolean leadOrSleep(long target) {
    boolean interrupted = false;
    while (leading && durable < target) {
      interrupted |= Threads.pause(this);
    }
    return becomeLeader(durable < target, interrupted);
  }

  private boolean becomeLeader(boolean needed, boolean interrupted) {
    Threads.restore(interrupted);
    if (needed) {
      Throwable failure = appender.failure();
      if (failure != null && !appender.canSync()) {
        throw new StorageException.Unknown(
            "what was appended could not be made durable, reopen: " + failure.getMessage(),
            failure);
      }
      if (closed) {
        throw new IllegalStateException("the log is closed");
      }
      leading = true;
    }
    return needed;
  }

  /** Waits until no thread leads: from then on, with the appender closed, files may be closed. */
  synchronized void awaitNoLeader() {
    boolean interrupted = false;
    while (leading) {
      interrupted |= Threads.pause(this);
    }
    closed = true;
    Threads.restore(interrupted);
  }

  private void lead(boolean sync) {
    try {
      if (sync) {
        gathering.close();
      }
      long group = appender.beginGroup();
      if (positional && group > appender.end()) {
        write(group);
      }
      if (sync) {
        SyncEvent event = Recorder.sync();
        long from = durable;
        rewriteRecovered();
        sync(from, group);
        gathering.served();
        advance(group);
        if (event != null) {
          event.tell(from, group);
        }
      }
    } catch (RuntimeException | Error failed) {
      appender.poison(failed);
    } finally {
      synchronized (this) {
        leading = false;
        notifyAll();
      }
    }
  }

  /** A sync that failed in an earlier session may have left pages readable but not durable. */
  private void rewriteRecovered() {
    if (rewriteFrom < rewriteTo) {
      long keepTail = geometry.blockStart(rewriteTo);
      for (Segment segment : table.segments()) {
        int from = (int) Math.max(0, geometry.blockStart(rewriteFrom) - segment.start());
        int to = (int) Math.min(segment.file().size(), keepTail - segment.start());
        if (from < to) {
          segment.file().rewrite(from, to);
        }
      }
      rewriteFrom = rewriteTo;
    }
  }

  /** From the block of the last end to the block of the new one. */
  private void write(long group) {
    long shown = appender.end();
    long from = geometry.blockStart(shown);
    long to = geometry.blockStart(group - 1) + geometry.blockSize();
    for (long at = from; at < to; at = segmentLimit(at)) {
      write(encoded(at), at, to);
    }
    appender.showGroup();
    for (long at = from; segmentLimit(at) < group; at = segmentLimit(at)) {
      leave(table.peek(at), shown);
    }
  }

  /** One write, and one more for a last block that is changing meanwhile. */
  private void write(Segment segment, long from, long to) {
    StoredFile file = segment.file().file();
    MemorySegment tail = to <= segment.limit() ? appender.groupTail() : null;
    long stable = tail == null ? Math.min(to, segment.limit()) : to - geometry.blockSize();
    long offset = from - segment.start();
    if (stable > from) {
      file.writeFully(offset, staging(segment), offset, stable - from);
    }
    if (tail != null) {
      file.writeFully(to - geometry.blockSize() - segment.start(), tail, 0, geometry.blockSize());
    }
  }

  private long segmentLimit(long position) {
    return geometry.segmentStart(position) + geometry.segmentSize();
  }

  private Segment encoded(long position) {
    Segment segment = table.peek(position);
    if (segment == null) {
      throw new IllegalStateException("no segment holds the encoded position " + position);
    }
    return segment;
  }

  private static MemorySegment staging(Segment segment) {
    MemorySegment staging = segment.staging();
    if (staging == null) {
      throw new IllegalStateException("nothing is staged for the segment at " + segment.start());
    }
    return staging;
  }

  /**
   * The last write to a segment is done: its staging serves the next one. What was shown may have
   * been dropped already, and needs nothing more.
   */
  private void leave(@Nullable Segment segment, long batchEnd) {
    if (segment != null) {
      preparer.recycle(staging(segment));
      segment.staging(null);
      background.filled(segment, batchEnd);
    }
  }

  private void sync(long from, long to) {
    entries.makeDurable();
    for (long at = geometry.segmentStart(from); at < to; at += geometry.segmentSize()) {
      Segment segment = table.peek(at);
      if (segment != null && !segment.durable()) {
        sync(segment, from, to);
      }
    }
  }

  private void sync(Segment segment, long from, long to) {
    int first = (int) Math.max(0, geometry.blockStart(from) - segment.start());
    int last = (int) Math.min(segment.file().size(), roundUp(to) - segment.start());
    syncUnlessDropped(segment, first, last);
  }

  private long roundUp(long position) {
    return geometry.blockStart(position + geometry.blockSize() - 1);
  }

  /** Syncs a range; what retention has dropped meanwhile needs no sync. */
  static void syncUnlessDropped(Segment segment, int from, int to) {
    try {
      segment.file().sync(from, to);
    } catch (RuntimeException failed) {
      if (!segment.dropped()) {
        throw failed;
      }
    }
  }
}
