package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import dev.varve.io.Io;
import dev.varve.io.StoredFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

  private final Directory directory;
  private final Directory.@Nullable Lock readers;
  private final SuperblockFile superblock;
  private final SegmentTable table;
  private final Geometry geometry;
  private final FrameScan scan;
  private final RecoveryReport report;
  private final Io clock;
  private long refreshedNanos;

  private long end;
  private long head;
  private long lastFrame;
  private long mark;

  Follower(Directory directory, LogOptions asked) {
    this.directory = directory;
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
    this.table = Listing.of(directory).table(found);
    this.scan = new FrameScan(table);
    this.table.whenMissing(this::refreshTail);
    try {
      asked.refuseOther(geometry);
      Recovery.Verdict verdict = judgeOrBeginAtTail(found);
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

  /** A damaged log is still readable where it is whole: its end is behind the last whole batch. */
  private Recovery.Verdict judge(Superblock found) {
    try {
      return new Recovery(table, found).judge(false);
    } catch (StorageException.Corrupt damaged) {
      return lastWhole(found);
    }
  }

  /** Retention may overtake the opening too. */
  private Recovery.Verdict judgeOrBeginAtTail(Superblock found) {
    try {
      return judge(found);
    } catch (StorageException.Dropped overtaken) {
      refreshTail();
      Superblock now = superblock.current();
      long limit = table.limit();
      return new Recovery.Verdict(now.tail(), -1, Block.UNKNOWN, now.mark(), 0, limit);
    }
  }

  private Recovery.Verdict lastWhole(Superblock found) {
    Recovery.Verdict last =
        new Recovery.Verdict(found.tail(), -1, Block.UNKNOWN, found.mark(), 0, table.limit());
    scan.from(found.tail(), Block.UNKNOWN);
    long record = Block.UNKNOWN;
    FrameScan.Step step = scan.step(table.limit());
    while (step != FrameScan.Step.END) {
      if (step == FrameScan.Step.INVALID) {
        scan.skip();
      } else {
        record = startOfRecord(record);
        if (scan.block().closesUnit(scan.index())) {
          last =
              new Recovery.Verdict(
                  scan.next(),
                  record,
                  scan.position(),
                  found.mark(),
                  scan.next() - found.tail(),
                  table.limit());
        }
      }
      step = scan.step(table.limit());
    }
    return atLeastProven(last, Math.min(found.mark(), table.limit()));
  }

  /** What was proven durable belongs to the log, damaged or not: whoever reads it is told. */
  private static Recovery.Verdict atLeastProven(Recovery.Verdict last, long proven) {
    return proven <= last.end()
        ? last
        : new Recovery.Verdict(
            proven, last.head(), Block.UNKNOWN, last.mark(), last.checkedBytes(), last.usedLimit());
  }

  private long startOfRecord(long before) {
    int kind = scan.block().kind(scan.index());
    return kind == FrameLayout.WHOLE || kind == FrameLayout.FIRST ? scan.position() : before;
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
    if (end < table.tail()) {
      end = table.tail();
      lastFrame = Block.UNKNOWN;
      head = -1;
    }
    long proven = Math.min(mark, table.limit());
    FrameScan.Step step = walk();
    forgetUnreached();
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
      record = startOfRecord(record);
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
    boolean more = true;
    while (more && reach > table.limit()) {
      more = addNextSegment();
    }
    return scan.step(Math.min(reach, table.limit()));
  }

  private boolean addNextSegment() {
    long start = table.limit();
    try (StoredFile next = directory.open(SegmentNames.segment(start), false)) {
      if (next == null) {
        refuseOvertaken(start);
        return false;
      }
      if (geometry.crc() && isUnused(next)) {
        return false;
      }
    }
    table.add(Segment.in(directory, geometry, start));
    return true;
  }

  /** The superblock is read at most once in a while: it changes with rolls, not with records. */
  private void refreshNowAndThen() {
    long now = clock.nanoTime();
    if (now - refreshedNanos >= REFRESH_NANOS) {
      refreshTail();
      refreshedNanos = now;
    }
  }

  /** Whether a segment of ours has no frame yet, looked up without mapping it. */
  private boolean isUnused(StoredFile segment) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slot = arena.allocate(FrameLayout.SLOT_BYTES);
      int ignored = segment.read(geometry.blockSize() - FrameLayout.SLOT_BYTES, slot);
      return slot.get(ValueLayout.JAVA_INT, 0) == 0;
    }
  }

  /** A segment that is not there may have been dropped already, with all that was known. */
  private void refuseOvertaken(long start) {
    Superblock now = superblock.refresh();
    if (now.tail() > start) {
      throw new StorageException.Dropped(start, now.tail());
    }
  }

  /**
   * Gives up the segments behind the end. They may be replaced: a writer removes what it had
   * prepared when it leaves, and recovery removes what it cuts.
   */
  private void forgetUnreached() {
    while (table.limit() - geometry.segmentSize() > Math.max(end, table.firstStart())) {
      table.removeLast().file().close();
    }
  }

  private synchronized void refreshTail() {
    table.checkOpen();
    Superblock now = superblock.refresh();
    mark = Math.max(mark, now.mark());
    if (now.tail() > table.tail()) {
      table.tail(now.tail());
      table.startAt(now.tail()).forEach(dropped -> dropped.file().close());
    }
    if (end < now.tail()) {
      end = now.tail();
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
