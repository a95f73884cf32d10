package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The writing half of an open log: its parts, their threads, and the order of their ends. */
final class Writer implements LogBounds {
  private static final long MAX_STAGED_BYTES = 64L << 20;

  private final Directory directory;
  private final Directory.Lock lock;
  private final SuperblockFile superblock;
  private final SegmentTable table;
  private final LogOptions options;
  private final DirectoryEntries entries;
  private final Preparer preparer;
  private final Appender appender;
  private final Commit commit;
  private final Syncer syncer;
  private final Committer committer;
  private final boolean sync;
  private final boolean positional;
  private volatile boolean told;

  Writer(Directory directory, Opening.Opened opened) {
    this.directory = directory;
    this.lock = opened.lock();
    this.superblock = opened.superblock();
    this.table = opened.table();
    this.options = opened.options();
    this.entries = new DirectoryEntries(directory, superblock::makeDurable);
    this.sync = options.durability() instanceof Durability.Sync;
    this.positional = options.writePath() == WritePath.POSITIONAL;
    ThreadFactory threads = options.io().threads();
    Recovery.Verdict verdict = opened.verdict();
    this.preparer =
        new Preparer(directory, entries, opened.leftovers(), options, table.limit(), threads);
    Segment found = verdict.end() < table.limit() ? table.find(verdict.end()) : null;
    Segment active = found == null ? freshSegment(verdict.end()) : prepareFound(found, verdict);
    Handover handover = new Handover();
    this.appender =
        new Appender(table, options, preparer, handover, active, verdict, opened.framesInBlock());
    this.commit =
        new Commit(
            table,
            options,
            appender,
            entries,
            preparer,
            handover,
            new Gathering(options.io()::nanoTime),
            verdict);
    Retention retention = new Retention(directory, table, superblock, entries, preparer);
    Runnable first =
        () -> {
          preparer.start();
          commit.awaitDurable(verdict.end());
        };
    this.syncer = new Syncer(commit, superblock, entries, appender, retention, first, threads);
    handover.receiver = syncer;
    this.committer = new Committer(commit, appender, periodNanos(), threads, () -> told = true);
    if (periodNanos() > 0) {
      committer.start();
    }
  }

  /** Breaks the circle: the appender hands filled segments to a syncer that is made after it. */
  private static final class Handover implements Appender.Background {
    private volatile @Nullable Syncer receiver;

    @Override
    public void start() {
      syncer().start();
    }

    @Override
    public void filled(Segment segment, long batchEnd) {
      syncer().filled(segment, batchEnd);
    }

    private Syncer syncer() {
      return Objects.requireNonNull(receiver);
    }
  }

  private long periodNanos() {
    return options.durability() instanceof Durability.Interval interval
        ? Math.max(1, TimeUnit.NANOSECONDS.convert(interval.period()))
        : 0;
  }

  /** The first segment of a log, or the one behind a full one, as soon as it is made. */
  private Segment freshSegment(long end) {
    preparer.start();
    try {
      Segment fresh;
      do {
        fresh = preparer.take(table.limit());
        table.add(fresh);
      } while (fresh.limit() <= end);
      return fresh;
    } catch (RuntimeException | Error failed) {
      preparer.stop();
      throw failed;
    }
  }

  /** The tail block is written again before anything is added to it, and staged where needed. */
  private Segment prepareFound(Segment found, Recovery.Verdict verdict) {
    Geometry geometry = table.geometry();
    Block block = new Block(geometry);
    table.load(geometry.blockStart(verdict.end()), block);
    long offset = block.start() - found.start();
    if (verdict.mark() < verdict.end()) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment bytes = arena.allocate(geometry.blockSize()).copyFrom(block.memory());
        found.file().file().writeFully(offset, bytes);
      }
    }
    if (positional) {
      MemorySegment staging = preparer.zeroedStaging();
      staging.asSlice(offset, geometry.blockSize()).copyFrom(block.memory());
      found.staging(staging);
    } else {
      MemorySegment ignored = found.file().writableMemory();
    }
    return found;
  }

  long append(byte[] source, int offset, int length) {
    try {
      return acknowledge(appender.append(source, offset, length));
    } catch (StorageException failed) {
      throw told(failed);
    }
  }

  long append(MemorySegment source, long offset, int length) {
    try {
      return acknowledge(appender.append(source, offset, length));
    } catch (StorageException failed) {
      throw told(failed);
    }
  }

  long append(Batch batch) {
    try {
      return acknowledge(appender.append(batch));
    } catch (StorageException failed) {
      throw told(failed);
    }
  }

  /**
   * Who knows of a failure is not told of it again when the log is closed. A refusal for want of
   * space is none: what is there can still be synced, and that may fail later.
   */
  private StorageException told(StorageException failure) {
    told = !appender.canSync();
    return failure;
  }

  /**
   * Waits for what the log's durability asks; a mapped log without sync shows the record already.
   * Ends move from batch end to batch end, so one byte beyond the first record is the whole batch.
   */
  private long acknowledge(long position) {
    if (sync) {
      commit.awaitDurable(position + 1);
    } else if (positional) {
      commit.awaitWritten(position + 1);
    }
    return position;
  }

  CompletableFuture<Long> appendAsync(byte[] payload) {
    return appendAsync(() -> appender.append(payload, 0, payload.length));
  }

  CompletableFuture<Long> appendAsync(Batch batch) {
    return appendAsync(() -> appender.append(batch));
  }

  private CompletableFuture<Long> appendAsync(LongSupplier append) {
    try {
      boundStaging();
      return committer.whenDurable(append.getAsLong());
    } catch (StorageException failed) {
      throw told(failed);
    }
  }

  private void boundStaging() {
    if (appender.stagedBytes() > MAX_STAGED_BYTES) {
      commit.awaitWritten(appender.stagedEnd());
    }
  }

  long sync() {
    try {
      appender.checkSync();
      commit.awaitDurable(appender.stagedEnd());
    } catch (StorageException.Unknown failed) {
      throw told(new StorageException.Poisoned(String.valueOf(failed.getMessage()), failed));
    } catch (StorageException.Poisoned failed) {
      throw told(failed);
    }
    return commit.durable();
  }

  void dropBefore(long batchStart) {
    syncer.start();
    table.tail(batchStart);
    syncer.tailMoved();
  }

  long awaitEnd(long position, long timeoutNanos) throws InterruptedException {
    return appender.awaitEnd(position, options.io().nanoTime() + timeoutNanos, options.io());
  }

  @Override
  public long tail() {
    return table.tail();
  }

  @Override
  public long end() {
    return appender.end();
  }

  @Override
  public long durableEnd() {
    return commit.durable();
  }

  @Override
  public long head() {
    long head = appender.head();
    return head < table.tail() ? -1 : head;
  }

  /**
   * Syncs what is there, ends the threads, then says that the end is clean.
   *
   * @throws StorageException.Poisoned when a failure in the background stopped the log and nobody
   *     has been told
   */
  void close() {
    appender.close();
    boolean clean = false;
    try {
      if (!told) {
        appender.checkSync();
      }
      if (appender.canSync()) {
        commit.awaitDurable(appender.stagedEnd());
        clean = true;
      }
    } finally {
      end(clean);
    }
  }

  private void end(boolean clean) {
    try {
      committer.stop();
      syncer.stop();
      endFiles();
      if (clean) {
        entries.makeDurable();
        long tail = table.tail();
        superblock.update(known -> known.withTail(tail).closed(appender.end()));
      }
    } finally {
      table.close();
      superblock.close();
      lock.close();
    }
  }

  /** Removes what holds nothing. */
  private void endFiles() {
    try {
      preparer.stop();
    } finally {
      commit.awaitNoLeader();
      Deque<Segment> unused = appender.reserved();
      unused.forEach(segment -> segment.file().close());
      unused.forEach(segment -> directory.unlink(segment.file().name()));
    }
  }
}
