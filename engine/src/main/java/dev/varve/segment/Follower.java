package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import dev.varve.io.Io;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a log that somebody else may be writing: finds out by itself how far the log
 * reaches. An invalid record at the end means "not yet"; only whole, valid batches count.
 */
final class Follower implements LogBounds {
  private static final int LOOK_AHEAD_BLOCKS = 2;
  private static final long POLL_MILLIS = 1;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long REFRESH_NANOS = NANOS_PER_MILLI;

  private final Directory.@Nullable Lock readers;
  private final SuperblockFile superblock;
  private final SegmentTable table;
  private final Geometry geometry;
  private final SegmentWatch segments;
  private final FrameScan scan;
  private final RecoveryReport report;
  private final Io clock;
  private long refreshedNanos;

  private long end;
  private long head;
  private long lastFrame;
  private long mark;

  Follower(Directory directory, LogOptions asked) {
    this.clock = asked.io();
    this.refreshedNanos = clock.nanoTime();
    this.readers = ReadersLock.share(directory);
    try {
      this.superblock = openSuperblock(directory);
    } catch (RuntimeException failed) {
      ReadersLock.release(readers);
      throw failed;
    }
    Superblock found = superblock.current();
    this.geometry = found.geometry();
    this.table = table(directory, found);
    this.segments = new SegmentWatch(directory, superblock, table);
    this.scan = new FrameScan(table);
    this.table.whenMissing(this::refreshTail);
    try {
      asked.refuseOther(geometry);
      Recovery.Verdict verdict = look(found);
      this.end = verdict.end();
      this.head = verdict.head();
      this.lastFrame = verdict.lastFrame();
      this.mark = verdict.mark();
      boolean sameBoot = found.bootId().equals(asked.io().bootId());
      this.report =
          new RecoveryReport(false, found.clean(), sameBoot, end, verdict.checkedBytes(), 0);
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private static SuperblockFile openSuperblock(Directory directory) {
    boolean ignored = Listing.of(directory).holdsLog();
    return SuperblockFile.open(directory, false);
  }

  private SegmentTable table(Directory directory, Superblock found) {
    try {
      return Listing.of(directory).table(found);
    } catch (RuntimeException failed) {
      superblock.close();
      ReadersLock.release(readers);
      throw failed;
    }
  }

  /** Retention may overtake the first look too. */
  private Recovery.Verdict look(Superblock found) {
    try {
      return new FirstLook(table, found).verdict();
    } catch (StorageException.Dropped overtaken) {
      refreshTail();
      return FirstLook.atTail(table, superblock.current());
    }
  }

  RecoveryReport report() {
    return report;
  }

  SegmentTable table() {
    return table;
  }

  long base() {
    return superblock.current().base();
  }

  @Override
  public synchronized long knownEnd() {
    return end;
  }

  /**
   * Looks how far the log has grown.
   *
   * @throws StorageException.Corrupt when something is invalid below what is proven durable
   */
  @Override
  public synchronized long end() {
    table.checkOpen();
    refreshNowAndThen();
    while (!readOn()) {
      refreshTail();
    }
    return end;
  }

  /** Looks once; false when retention has overtaken the look, and the log begins later now. */
  private boolean readOn() {
    try {
      readToEnd();
      return true;
    } catch (StorageException.Dropped overtaken) {
      return false;
    }
  }

  private void readToEnd() {
    beginAtLeast(table.tail());
    long proven = Math.min(mark, table.limit());
    FrameScan.Step step = walk();
    segments.forgetBehind(end);
    if (end < proven) {
      throw table
          .damage(
              step == FrameScan.Step.INVALID
                  ? scan.fault()
                  : new Block.Fault(end, "records up to " + proven, "none"))
          .asException();
    }
  }

  private FrameScan.Step walk() {
    long record = head;
    scan.from(end, lastFrame);
    FrameScan.Step step = step();
    while (step == FrameScan.Step.FRAME) {
      Block block = scan.block();
      mark = Math.max(mark, block.mark(scan.index()));
      if (FrameLayout.startsRecord(block.kind(scan.index()))) {
        record = scan.position();
      }
      if (block.closesUnit(scan.index())) {
        end = scan.next();
        lastFrame = scan.position();
        head = record;
      }
      step = step();
    }
    return step;
  }

  /** Looks as far as a writer can have gone: it never leaves a block empty. */
  private FrameScan.Step step() {
    long reach = geometry.blockStart(scan.next()) + (long) LOOK_AHEAD_BLOCKS * geometry.blockSize();
    segments.reach(reach);
    return scan.step(Math.min(reach, table.limit()));
  }

  /** The superblock is read at most once in a while: it changes with rolls, not with records. */
  private void refreshNowAndThen() {
    long now = clock.nanoTime();
    if (now - refreshedNanos >= REFRESH_NANOS) {
      refreshTail();
      refreshedNanos = now;
    }
  }

  private synchronized void refreshTail() {
    table.checkOpen();
    Superblock now = segments.refresh();
    mark = Math.max(mark, now.mark());
    beginAtLeast(now.tail());
  }

  /** What lies before the tail is not known any more. */
  private void beginAtLeast(long tail) {
    if (end < tail) {
      end = tail;
      lastFrame = Block.UNKNOWN;
      head = -1;
    }
  }

  @Override
  public synchronized long tail() {
    refreshNowAndThen();
    return table.tail();
  }

  @Override
  public long durableEnd() {
    long reached = end();
    return Math.min(reached, mark());
  }

  private synchronized long mark() {
    return mark;
  }

  @Override
  public long head() {
    long reached = end();
    long newest = headBelow(reached);
    return newest < tail() ? -1 : newest;
  }

  private synchronized long headBelow(long reached) {
    return reached > 0 ? head : -1;
  }

  /** Polls: another process cannot wake this one. */
  long awaitEnd(long position, long timeoutNanos, LogOptions options) throws InterruptedException {
    long start = options.io().nanoTime();
    long reached = end();
    while (reached <= position && options.io().nanoTime() - start < timeoutNanos) {
      Thread.sleep(0, (int) Math.min(POLL_MILLIS * NANOS_PER_MILLI - 1, timeoutNanos));
      reached = end();
    }
    return reached;
  }

  synchronized void close() {
    table.close();
    superblock.close();
    ReadersLock.release(readers);
  }
}
