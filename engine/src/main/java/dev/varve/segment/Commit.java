package dev.varve.segment;

import dev.varve.StorageException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

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
  private final Appender.Filled filled;
  private final boolean positional;

  private volatile long durable;
  private boolean leading;
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
      Appender.Filled filled,
      Recovery.Verdict recovered) {
    this.table = table;
    this.geometry = table.geometry();
    this.appender = appender;
    this.entries = entries;
    this.preparer = preparer;
    this.filled = filled;
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
      notifyAll();
    }
    appender.mark(batchEnd);
  }

  /**
   * Returns once everything below {@code target}, an end that has been encoded, is durable.
   *
   * @throws StorageException.Unknown when that failed
   */
  void awaitDurable(long target) {
    while (durable < target) {
      if (leadOrWait(target)) {
        lead(true);
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

  private synchronized boolean leadOrWait(long target) {
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
      leading = true;
    }
    return needed;
  }

  private void lead(boolean sync) {
    try {
      Appender.Staged group = appender.staged();
      if (positional && group.end() > appender.end()) {
        write(group);
      }
      if (sync) {
        rewriteRecovered();
        sync(durable, group.end());
        advance(group.end());
      }
    } catch (RuntimeException | InternalError failed) {
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

  private void write(Appender.Staged group) {
    long from = geometry.blockStart(appender.end());
    long to = geometry.blockStart(group.end() - 1) + geometry.blockSize();
    List<Segment> left = new ArrayList<>();
    for (long at = from; at < to; ) {
      Segment segment = table.find(at);
      if (segment == null) {
        throw new IllegalStateException("no segment for encoded position " + at);
      }
      long limit = Math.min(to, segment.limit());
      write(segment, at, limit);
      if (limit == segment.limit() && group.end() > limit) {
        left.add(segment);
      }
      at = limit;
    }
    long earlierEnd = appender.end();
    appender.written(group);
    for (Segment segment : left) {
      leave(segment, earlierEnd);
    }
  }

  private void write(Segment segment, long from, long to) {
    MemorySegment staging = segment.staging();
    if (staging == null) {
      throw new IllegalStateException("segment " + segment.start() + " has no staging");
    }
    long offset = from - segment.start();
    segment.file().file().writeFully(offset, staging.asSlice(offset, to - from));
  }

  /** The last write to a segment is done: its staging serves the next one. */
  private void leave(Segment segment, long batchEnd) {
    MemorySegment staging = segment.staging();
    segment.staging(null);
    if (staging != null) {
      preparer.recycle(staging);
    }
    filled.filled(segment, batchEnd);
  }

  private void sync(long from, long to) {
    entries.makeDurable();
    for (Segment segment : table.segments()) {
      boolean touched = segment.start() < to && segment.limit() > from;
      if (touched && !segment.durable()) {
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
