package dev.varve.driver;

import dev.varve.StorageException;
import dev.varve.segment.Batch;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.RecordReader;
import dev.varve.segment.SegmentLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream of events in a segment log on the local disk. An event is a record {@code u32 key |
 * content}, little-endian; its position is the record's. One process has it open; any number of
 * threads share the driver and contend for the end.
 *
 * <p>The driver's level is the {@link Durability} of its log. An end moves, and events are shown,
 * when the append that made them has returned from the log:
 *
 * <ul>
 *   <li>{@link Durability#SYNC}, the default: every position handed out survives a loss of power.
 *   <li>{@link Durability#NONE} and intervals: it survives the end of the process. After a loss of
 *       power the stream may end earlier, and a position may come to mean another event: readers
 *       that remember positions elsewhere need {@code SYNC}.
 * </ul>
 *
 * <p>One append is under way at a time, its sync included, since nobody can know the end before. A
 * position that was overtaken is refused without waiting for that. What gains from grouping belongs
 * in one batch.
 *
 * <p>An append that failed half-way is {@link Append.Unknown}, the following ones throw {@link
 * StorageException.Poisoned}, and reading goes on up to the last end: open the stream again to
 * learn what became of it. In a log whose records were dropped, reading before the tail throws
 * {@link StorageException.Dropped}. A log that holds anything else than events is an {@link
 * StorageException.UnsupportedFormat}, when that is met.
 *
 * <p>{@link #lastKey()} costs no reading. {@link #seek} reads the log once, as far as it has to,
 * and then knows the largest key of each stretch of it ({@link KeyIndex}).
 */
public final class SegmentDriver implements StorageDriver {
  private static final int STRETCH_BLOCKS = 16;
  private static final int MAX_STRETCHES = 1 << 16;

  private final SegmentLog log;
  private final String folder;
  private final StreamEnd end;
  private final KeyIndex keys;
  private final IdleWalks idle = new IdleWalks();

  /** Held by the append that is under way. */
  private final ReentrantLock appending = new ReentrantLock();

  private final Batch records = new Batch();

  /** Positions before it were dropped. While nothing is kept it is the end. */
  private final long oldest;

  private SegmentDriver(SegmentLog log, String folder) {
    this.log = log;
    this.folder = folder;
    this.oldest = Math.min(log.tail(), log.end());
    this.end = new StreamEnd(log.end(), newestKey(log, folder));
    long stretchBytes = (long) STRETCH_BLOCKS * log.options().blockSize();
    this.keys = new KeyIndex(log, folder, stretchBytes, MAX_STRETCHES);
  }

  /** Opens a stream with {@link LogOptions#defaults()}: appended events survive a loss of power. */
  public static SegmentDriver open(Path folder) {
    return open(folder, LogOptions.defaults());
  }

  /**
   * Opens the stream in a folder; creates it, and the folder but not its parents, where there is
   * none. With {@link Durability#SYNC} what recovery kept is durable when this returns.
   *
   * @param options of the log; its batch limit is raised to what an {@link EventBatch} holds. A log
   *     with MD5 checks takes batches of one event that fits a block, and refuses others with an
   *     {@link IllegalArgumentException}
   * @throws StorageException as {@link SegmentLog#open(Path, LogOptions)} does, and {@link
   *     StorageException.UnsupportedFormat} when the newest record is no event
   */
  public static SegmentDriver open(Path folder, LogOptions options) {
    int batchLimit = Math.max(options.batchLimit(), EventBatch.MAX_BYTES);
    SegmentLog log = SegmentLog.open(folder, options.withBatchLimit(batchLimit));
    try {
      if (options.durability() instanceof Durability.Sync) {
        long ignored = log.sync();
      }
      return new SegmentDriver(log, folder.toString());
    } catch (RuntimeException | Error failed) {
      log.close();
      throw failed;
    }
  }

  private static long newestKey(SegmentLog log, String folder) {
    long head = log.head();
    if (head < 0) {
      return 0;
    }
    RecordReader reader = log.reader();
    reader.read(head);
    return EventRecord.key(reader, folder);
  }

  @Override
  public long end() {
    return end.position();
  }

  /**
   * See {@link StorageDriver#append}. The medium is this process, so no position is ahead of what
   * is known.
   *
   * @throws IllegalArgumentException also for what a log with MD5 checks does not take
   * @throws StorageException.Full when there is no space: nothing was applied
   * @throws StorageException.Poisoned after an earlier failure
   */
  @Override
  public Append append(long expectedPosition, EventBatch events) {
    refuseNegative(expectedPosition);
    long known = end.position();
    if (expectedPosition < known) {
      return new Append.Outdated(known);
    }
    appending.lock();
    try {
      long now = end.position();
      if (expectedPosition != now) {
        return new Append.Outdated(now);
      }
      return events.count() == 0 ? new Append.Appended(now, now) : store(events);
    } finally {
      appending.unlock();
    }
  }

  private Append store(EventBatch events) {
    try {
      long position = events.count() == 1 ? storeOne(events) : storeAll(events);
      long newEnd = log.end();
      end.moveTo(newEnd, events.key(events.count() - 1));
      return new Append.Appended(position, newEnd);
    } catch (StorageException.Unknown unknown) {
      return new Append.Unknown(unknown);
    }
  }

  private long storeOne(EventBatch events) {
    return log.append(events.array(), events.offset(0), recordBytes(events, 0));
  }

  private long storeAll(EventBatch events) {
    try {
      for (int i = 0; i < events.count(); i++) {
        records.add(events.array(), events.offset(i), recordBytes(events, i));
      }
      return log.append(records);
    } finally {
      records.clear();
    }
  }

  private static int recordBytes(EventBatch events, int index) {
    return EventRecord.KEY_BYTES + events.contentBytes(index);
  }

  /**
   * See {@link StorageDriver#read}. Going on where an earlier read has stopped is quickest; nothing
   * is allocated then, and elsewhere a cursor is.
   *
   * @throws StorageException.Dropped before the log's tail
   */
  @Override
  public long read(long position, EventBuffer buffer) {
    buffer.clear();
    long limit = end.position();
    refuseOutside(position, limit);
    if (position == limit) {
      return limit;
    }
    EventWalk kept = idle.take(position);
    EventWalk walk = kept == null ? walkFrom(position) : kept;
    long next = walk.read(limit, buffer);
    idle.put(walk);
    return next;
  }

  /** The log's tail moves from the end of an empty log to the first record that is appended. */
  private EventWalk walkFrom(long position) {
    long from = position < oldest ? position : Math.max(position, log.tail());
    return new EventWalk(log, folder, from);
  }

  @Override
  public long lastKey() {
    return end.lastKey();
  }

  /**
   * See {@link StorageDriver#seek}. The answer is at most some 64 KiB before the event with the
   * default block size, and coarser in logs above 4 GiB.
   *
   * @throws StorageException.Dropped before the log's tail
   */
  @Override
  public long seek(long key, long from) {
    if (key < 0 || key > EventBatch.MAX_KEY) {
      throw new IllegalArgumentException(
          "a key to seek is from 0 to %d, not %d".formatted(EventBatch.MAX_KEY, key));
    }
    long limit = end.position();
    refuseOutside(from, limit);
    if (from < oldest) {
      throw new StorageException.Dropped(from, oldest);
    }
    if (from == limit) {
      return limit;
    }
    // A walk begins at events only; it is kept for a read from there.
    idle.put(walkFrom(from));
    return keys.seek(key, from, limit);
  }

  private static void refuseNegative(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position must not be negative: " + position);
    }
  }

  private static void refuseOutside(long position, long limit) {
    refuseNegative(position);
    if (position > limit) {
      throw new IllegalArgumentException(
          "position %d is no event's: it is behind the end at %d".formatted(position, limit));
    }
  }

  @Override
  public boolean awaitEnd(long position, Duration timeout) throws InterruptedException {
    return end.await(position, TimeUnit.NANOSECONDS.convert(timeout));
  }

  /** Waits for the append that is under way, then closes the log. */
  @Override
  public void close() {
    appending.lock();
    try {
      end.close();
    } finally {
      appending.unlock();
    }
    log.close();
  }
}
