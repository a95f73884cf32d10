package dev.varve.segment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Syncs filled segments in order, in the background and under every durability, so that the proven
 * mark advances and recovery stays bounded; and gives back what retention has passed.
 */
final class Syncer implements Runnable, Appender.Background {
  private final Commit commit;
  private final SuperblockFile superblock;
  private final DirectoryEntries entries;
  private final Appender appender;
  private final Retention retention;
  private final Runnable first;
  private final Thread thread;

  private final Deque<FilledSegment> queue = new ArrayDeque<>();
  private boolean retentionWanted;
  private boolean started;
  private boolean stopped;

  /** A segment that gets no more bytes, and a batch end at or before its limit. */
  private record FilledSegment(Segment segment, long batchEnd) {}

  /**
   * @param first what the thread does before anything else: to start a thread takes its starter
   *     longer than most appends, so an append starts one, and that one the next
   */
  Syncer(
      Commit commit,
      SuperblockFile superblock,
      DirectoryEntries entries,
      Appender appender,
      Retention retention,
      Runnable first,
      ThreadFactory threads) {
    this.commit = commit;
    this.superblock = superblock;
    this.entries = entries;
    this.appender = appender;
    this.retention = retention;
    this.first = first;
    this.thread = threads.newThread(this);
  }

  /**
   * Starts the thread, once; where none can be had, the caller is told, and the next tries again.
   */
  @Override
  public synchronized void start() {
    if (!started && !stopped) {
      thread.start();
      started = true;
    }
  }

  @Override
  public synchronized void filled(Segment segment, long batchEnd) {
    queue.add(new FilledSegment(segment, batchEnd));
    notifyAll();
  }

  /** The tail has moved: whole segments before it are given back soon. */
  synchronized void tailMoved() {
    retentionWanted = true;
    notifyAll();
  }

  @Override
  public void run() {
    try {
      first.run();
      while (awaitWork()) {
        if (takeRetention()) {
          retention.run();
        }
        FilledSegment next = poll();
        if (next != null) {
          sync(next);
        }
      }
    } catch (RuntimeException | Error failed) {
      appender.poison(failed);
    }
  }

  private synchronized boolean awaitWork() {
    while (!stopped && queue.isEmpty() && !retentionWanted) {
      boolean ignored = Threads.pause(this);
    }
    return !stopped;
  }

  private synchronized boolean takeRetention() {
    boolean wanted = retentionWanted;
    retentionWanted = false;
    return wanted;
  }

  private synchronized @Nullable FilledSegment poll() {
    return queue.poll();
  }

  private void sync(FilledSegment next) {
    Segment segment = next.segment();
    if (segment.dropped()) {
      return;
    }
    SyncEvent event = Recorder.sync();
    entries.makeDurable();
    Commit.syncUnlessDropped(segment, 0, segment.file().size());
    if (segment.dropped()) {
      return;
    }
    segment.durable(true);
    segment.file().closeFile();
    commit.advance(next.batchEnd());
    superblock.update(known -> known.withMark(next.batchEnd()));
    if (event != null) {
      event.tell(segment.start(), segment.limit());
    }
  }

  void stop() {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    Threads.join(thread);
  }
}
