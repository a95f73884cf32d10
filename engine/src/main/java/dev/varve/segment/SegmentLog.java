package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A crash-safe, append-only log of byte records in a folder.
 *
 * <p>One process writes, any number of threads of it append; many threads and processes read and
 * follow. A record is named by its <em>position</em>, its byte address in the log: positions grow,
 * are never used twice, and say nothing about how many records there are.
 *
 * <p>Appends that have returned are in the log, in the order of their positions, and survive what
 * the log's {@link Durability} says. An append that throws {@link StorageException.Unknown} may be
 * in it or not; the log then refuses further appends until it is opened again. Reading goes on.
 *
 * <p>All methods are safe from any thread, and none minds an interrupt but {@link #awaitEnd}. After
 * {@link #close()} every one that needs the files is an {@link IllegalStateException}. The format
 * is in {@code docs/formats/segment-log.md}.
 */
public final class SegmentLog implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(SegmentLog.class.getName());

  private final Directory directory;
  private final LogOptions options;
  private final SegmentTable table;
  private final LogBounds bounds;
  private final RecoveryReport recovery;
  private final @Nullable Writer writer;
  private final @Nullable Follower follower;
  private boolean closed;

  private SegmentLog(Directory directory, Opening.Opened opened) {
    this.directory = directory;
    this.options = opened.options();
    this.table = opened.table();
    this.recovery = opened.report();
    this.table.judged();
    this.writer = new Writer(directory, opened);
    this.bounds = writer;
    this.follower = null;
  }

  private SegmentLog(Directory directory, Follower follower, LogOptions asked) {
    this.directory = directory;
    this.table = follower.table();
    this.options = asked.resolved(table.geometry(), follower.base());
    this.recovery = follower.report();
    this.table.judged();
    this.writer = null;
    this.bounds = follower;
    this.follower = follower;
  }

  /** Opens a log for writing with {@link LogOptions#defaults()}. */
  public static SegmentLog open(Path folder) {
    return open(folder, LogOptions.defaults());
  }

  /**
   * Opens a log for writing; creates it, and the folder but not its parents, where there is none.
   *
   * @throws StorageException.Unavailable when somebody else writes to it (the message has the
   *     process id), or the folder cannot be used
   * @throws StorageException.UnsupportedFormat when the folder holds something else, or a log of
   *     another version, or of other sizes than those asked for
   * @throws StorageException.Corrupt when what was proven durable is damaged; nothing has been
   *     changed, and {@link #openReadOnly(Path)} still works
   * @throws StorageException.Full when there is no space for a segment
   */
  public static SegmentLog open(Path folder, LogOptions options) {
    return writing(options.io().directory(folder, options.mapping(), true), options, false);
  }

  /** Opens a folder that programs of the seed's format wrote; see the other variant. */
  public static SegmentLog adoptSeed(Path folder, int blockSize, int segmentSize) {
    return adoptSeed(
        folder, LogOptions.defaults().withBlockSize(blockSize).withSegmentSize(segmentSize));
  }

  /**
   * Opens a bare folder of segment files with MD5 checks, checks every record, and makes it a log
   * of the kind {@link CheckKind#MD5} by adding a superblock.
   *
   * @throws StorageException.Corrupt when a record is damaged that another one follows
   */
  public static SegmentLog adoptSeed(Path folder, LogOptions options) {
    return writing(options.io().directory(folder, options.mapping(), false), options, true);
  }

  private static SegmentLog writing(Directory directory, LogOptions options, boolean adopt) {
    try {
      Opening opening = new Opening(directory, options);
      Opening.Opened opened = adopt ? opening.adopt() : opening.open();
      try {
        SegmentLog log = new SegmentLog(directory, opened);
        log.tellCut();
        return log;
      } catch (RuntimeException | Error failed) {
        opened.close();
        throw failed;
      }
    } catch (RuntimeException | Error failed) {
      directory.close();
      throw failed;
    }
  }

  private void tellCut() {
    if (recovery.cutBytes() > 0) {
      LOGGER.log(
          System.Logger.Level.INFO,
          "{0}: recovery cut a torn tail of {1} bytes behind position {2}",
          directory.path(),
          recovery.cutBytes(),
          recovery.end());
    }
  }

  /** Opens a log for reading only; see the other variant. */
  public static SegmentLog openReadOnly(Path folder) {
    return openReadOnly(folder, LogOptions.defaults());
  }

  /**
   * Opens a log for reading, in any process, while another one writes to it or nobody does. The end
   * is followed; a damaged log can be read wherever it is whole.
   *
   * @throws StorageException.Unavailable when there is no log
   * @throws StorageException.UnsupportedFormat as {@link #open(Path, LogOptions)}
   */
  public static SegmentLog openReadOnly(Path folder, LogOptions options) {
    Directory directory = options.io().directory(folder, options.mapping(), false);
    try {
      return new SegmentLog(directory, new Follower(directory, options), options);
    } catch (RuntimeException | Error failed) {
      directory.close();
      throw failed;
    }
  }

  private Writer writer() {
    table.checkOpen();
    Writer present = writer;
    if (present == null) {
      throw new IllegalStateException("the log in " + directory.path() + " is open for reading");
    }
    return present;
  }

  /** Appends a record of all bytes of {@code payload} and returns its position. */
  public long append(byte[] payload) {
    return writer().append(payload, 0, payload.length);
  }

  /**
   * Appends a record and returns its position. When this returns, every reader sees the record, and
   * it survives what the log's durability says. The bytes must not change meanwhile.
   *
   * @throws IllegalArgumentException above the batch limit, or what one block holds under MD5
   * @throws StorageException.Full when there is no space: nothing was stored
   * @throws StorageException.Unknown when it failed half-way
   * @throws StorageException.Poisoned after an earlier failure
   */
  public long append(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    return writer().append(source, offset, length);
  }

  /** Appends a record of all bytes of {@code payload}; see {@link #append(byte[], int, int)}. */
  public long append(MemorySegment payload) {
    return append(payload, 0, payload.byteSize());
  }

  /**
   * Appends a record from heap or native memory; see {@link #append(byte[], int, int)}. A memory
   * that is given again and again, with other ranges of it, costs no allocation.
   */
  public long append(MemorySegment source, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, source.byteSize());
    return writer().append(source, offset, Payload.checkedLength(length));
  }

  /**
   * Appends records that are all in the log or none, and returns the position of the first.
   *
   * @throws IllegalArgumentException for an empty batch, above the batch limit, or for more than
   *     one record under MD5
   */
  public long append(Batch batch) {
    return writer().append(batch);
  }

  /** Appends a record; the future completes with its position when it survives a loss of power. */
  public CompletableFuture<Long> appendAsync(byte[] payload) {
    return writer().appendAsync(payload);
  }

  /** Appends a batch; the future completes with the first position when all of it is durable. */
  public CompletableFuture<Long> appendAsync(Batch batch) {
    return writer().appendAsync(batch);
  }

  /** A cursor over all records, oldest first. */
  public Cursor forward() {
    return new ForwardCursor(table, bounds, tail(), Block.UNKNOWN);
  }

  /**
   * A cursor from {@code from} on, inclusive.
   *
   * @param from a record's start, or an end
   * @throws NoSuchRecordException when it is neither
   * @throws StorageException.Dropped before the tail
   */
  public Cursor forward(long from) {
    table.checkOpen();
    Positions.check(from, bounds);
    if (from == bounds.end()) {
      return new ForwardCursor(table, bounds, from, Block.UNKNOWN);
    }
    Block block = new Block(table.geometry());
    long at = Positions.recordAt(table, bounds, block, from);
    int before = block.countBefore(at);
    boolean known = before > 0 && block.position(before - 1) >= bounds.tail();
    long previous = known ? block.position(before - 1) : Block.UNKNOWN;
    return new ForwardCursor(table, bounds, at, previous);
  }

  /** A cursor over all records, newest first. */
  public Cursor backward() {
    table.checkOpen();
    return new BackwardCursor(table, bounds, bounds.end());
  }

  /**
   * A cursor from {@code from} back, inclusive; from the end it starts at the newest record.
   *
   * @param from a record's start, or an end
   * @throws NoSuchRecordException when it is neither
   * @throws StorageException.Dropped before the tail
   */
  public Cursor backward(long from) {
    table.checkOpen();
    Positions.check(from, bounds);
    if (from == bounds.end()) {
      return new BackwardCursor(table, bounds, from);
    }
    Block block = new Block(table.geometry());
    return new BackwardCursor(table, bounds, Positions.recordAt(table, bounds, block, from) + 1);
  }

  /** A reader of single records. */
  public RecordReader reader() {
    table.checkOpen();
    return new RecordReader(table, bounds);
  }

  /** A copy of the payload at a position; see {@link RecordReader#read(long)}. */
  public byte[] read(long position) {
    RecordReader reader = reader();
    reader.read(position);
    return reader.toByteArray();
  }

  /** Position of the newest record, -1 when there is none. */
  public long head() {
    table.checkOpen();
    return bounds.head();
  }

  /** Position of the oldest record that is kept; {@link #end()} when there is none. */
  public long tail() {
    table.checkOpen();
    return bounds.tail();
  }

  /** The address behind the newest record that is visible. */
  public long end() {
    table.checkOpen();
    return bounds.end();
  }

  /** Everything below survives a loss of power. A reading log knows what its records prove. */
  public long durableEnd() {
    table.checkOpen();
    return bounds.durableEnd();
  }

  /**
   * Waits until there is something behind {@code position}: until {@link #end()} is beyond it.
   *
   * @return the end, which is not beyond {@code position} when the timeout has passed
   */
  public long awaitEnd(long position, Duration timeout) throws InterruptedException {
    table.checkOpen();
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    Follower reading = follower;
    return reading != null
        ? reading.awaitEnd(position, nanos, options)
        : writer().awaitEnd(position, nanos);
  }

  /**
   * Makes everything that was appended before this call survive a loss of power.
   *
   * @return {@link #durableEnd()}
   * @throws StorageException.Poisoned after a failure, this one included
   */
  public long sync() {
    return writer().sync();
  }

  /**
   * Gives up the records before {@code position}: it is the new tail, or the first record of its
   * batch is. Whole segments before it are used again; cursors that stand before it are told {@link
   * StorageException.Dropped}. A position that has been dropped already changes nothing.
   *
   * @param position a record's start, or an end
   * @throws NoSuchRecordException when it is neither
   */
  public void dropBefore(long position) {
    Writer present = writer();
    if (position >= 0 && position <= bounds.tail()) {
      return;
    }
    Positions.check(position, bounds);
    present.dropBefore(BatchStarts.of(table, bounds, position));
  }

  /** Reads everything from tail to end and reports every damaged place; never throws for damage. */
  public VerifyReport verify() {
    table.checkOpen();
    return Verification.verify(table, bounds);
  }

  /**
   * Copies every whole batch into a new log with the same sizes and check. Positions begin anew.
   *
   * @param target a missing or empty folder
   */
  public SalvageReport salvage(Path target) {
    table.checkOpen();
    LogOptions fresh =
        options
            .withFirstPosition(0)
            .withBatchLimit(LogOptions.MAX_BATCH_LIMIT)
            .withDurability(Durability.NONE)
            .withWritePath(WritePath.MAPPED);
    try (Directory folder = options.io().directory(target, options.mapping(), true)) {
      if (folder.list().contains(SegmentNames.SUPERBLOCK)) {
        throw new IllegalArgumentException("the target of a salvage holds a log: " + target);
      }
    }
    try (SegmentLog copy = open(target, fresh)) {
      Consumer<List<byte[]>> append =
          records -> {
            Batch batch = new Batch();
            records.forEach(batch::add);
            long ignored = copy.append(batch);
          };
      VerifyReport found = Verification.copy(table, bounds, append);
      return new SalvageReport(found.records(), found.bytes(), found.damages());
    }
  }

  /** What opening found. */
  public RecoveryReport recovery() {
    return recovery;
  }

  /** What the log was opened with, sizes and write path as they are. */
  public LogOptions options() {
    return options;
  }

  /** Whether this can only read. */
  public boolean readOnly() {
    return writer == null;
  }

  /**
   * Makes everything durable, ends the background threads, and releases the folder, which it does
   * also when it throws.
   *
   * @throws StorageException.Unknown when what was appended could not be made durable
   * @throws StorageException.Poisoned when a failure in the background prevented that, and no
   *     append or sync has told of it
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      Writer writing = writer;
      Follower reading = follower;
      if (writing != null) {
        writing.close();
      }
      if (reading != null) {
        reading.close();
      }
    } finally {
      directory.close();
    }
  }
}
