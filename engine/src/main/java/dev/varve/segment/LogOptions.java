package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Io;
import dev.varve.io.LocalIo;
import dev.varve.io.MappingKind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a log is opened. Sizes, check and first position are fixed when a log is made: what is not
 * chosen here is taken from the log, what is chosen and differs from it is refused.
 *
 * @param blockSize bytes of a block, a power of two from 256 to 65,536; 0 takes the log's, 4,096
 *     for a new one
 * @param segmentSize bytes of a segment, a multiple of the block size, at least two blocks, at most
 *     256 MiB; 0 takes the log's, 4 MiB for a new one
 * @param check which check records carry; {@code null} takes the log's, {@link CheckKind#CRC32C}
 *     for a new one
 * @param firstPosition where a new log's numbering begins, a multiple of the segment size
 * @param durability what an append that has returned survives
 * @param mapping who maps segments
 * @param writePath how records reach the page cache
 * @param batchLimit most bytes of payload in a batch, which also bounds a single record
 * @param preparedSegments how many segments are kept ready ahead of the end, at least 1
 * @param io the machine
 */
public record LogOptions(
    int blockSize,
    int segmentSize,
    @Nullable CheckKind check,
    long firstPosition,
    Durability durability,
    MappingKind mapping,
    WritePath writePath,
    int batchLimit,
    int preparedSegments,
    Io io) {
  private static final int DEFAULT_BATCH_LIMIT = 16 << 20;
  static final int MAX_BATCH_LIMIT = 1 << 30;
  private static final int DEFAULT_PREPARED_SEGMENTS = 4;

  /** Refuses values out of range. */
  public LogOptions {
    int blocks = blockSize == 0 ? Geometry.DEFAULT_BLOCK_SIZE : blockSize;
    int segments = segmentSize == 0 ? Math.max(blocks * 2, 4 << 20) : segmentSize;
    if (blockSize != 0 || segmentSize % 256 != 0 || segmentSize < 0) {
      String fault = Geometry.fault(blocks, segments);
      if (fault != null) {
        throw new IllegalArgumentException(fault);
      }
    }
    if (firstPosition < 0 || firstPosition > Superblock.MAX_POSITION) {
      throw new IllegalArgumentException(
          "first position must be from 0 to 2^62, is " + firstPosition);
    }
    if (batchLimit < 1 || batchLimit > MAX_BATCH_LIMIT) {
      throw new IllegalArgumentException(
          "batch limit must be from 1 to %d bytes, is %d".formatted(MAX_BATCH_LIMIT, batchLimit));
    }
    if (preparedSegments < 1) {
      throw new IllegalArgumentException(
          "prepared segments must be at least 1, is " + preparedSegments);
    }
  }

  /** CRC-32C, 4 MiB segments of 4 KiB blocks, every append durable when it returns. */
  public static LogOptions defaults() {
    return new LogOptions(
        0,
        0,
        null,
        0,
        Durability.SYNC,
        MappingKind.FFM,
        WritePath.AUTO,
        DEFAULT_BATCH_LIMIT,
        DEFAULT_PREPARED_SEGMENTS,
        LocalIo.best());
  }

  /** The same with blocks of this many bytes. */
  public LogOptions withBlockSize(int bytes) {
    return with(changed -> changed.blockSize = bytes);
  }

  /** The same with segments of this many bytes. */
  public LogOptions withSegmentSize(int bytes) {
    return with(changed -> changed.segmentSize = bytes);
  }

  /** The same with this check. */
  public LogOptions withCheck(CheckKind kind) {
    return with(changed -> changed.check = kind);
  }

  /** The same with this first position of a new log. */
  public LogOptions withFirstPosition(long position) {
    return with(changed -> changed.firstPosition = position);
  }

  /** The same with this durability. */
  public LogOptions withDurability(Durability level) {
    return with(changed -> changed.durability = level);
  }

  /** The same with segments mapped this way. */
  public LogOptions withMapping(MappingKind kind) {
    return with(changed -> changed.mapping = kind);
  }

  /** The same with this write path. */
  public LogOptions withWritePath(WritePath path) {
    return with(changed -> changed.writePath = path);
  }

  /** The same with batches, and so records, of at most this many payload bytes. */
  public LogOptions withBatchLimit(int bytes) {
    return with(changed -> changed.batchLimit = bytes);
  }

  /** The same with this many segments kept ready. */
  public LogOptions withPreparedSegments(int count) {
    return with(changed -> changed.preparedSegments = count);
  }

  /** The same on another machine, simulated ones included. */
  public LogOptions withIo(Io machine) {
    return with(changed -> changed.io = machine);
  }

  private LogOptions with(Consumer<Fields> change) {
    Fields fields = new Fields(this);
    change.accept(fields);
    return fields.options();
  }

  /** Refuses a log of other sizes or another check than those that were asked for. */
  void refuseOther(Geometry found) {
    if (blockSize != 0 && blockSize != found.blockSize()) {
      throw mismatch("block size", found.blockSize(), blockSize);
    }
    if (segmentSize != 0 && segmentSize != found.segmentSize()) {
      throw mismatch("segment size", found.segmentSize(), segmentSize);
    }
    if (check != null && check != found.check()) {
      throw mismatch("check", found.check(), check);
    }
  }

  private static StorageException mismatch(String what, Object found, Object wanted) {
    return new StorageException.UnsupportedFormat(
        SegmentNames.SUPERBLOCK, what + " " + found, what + " " + wanted + " as asked for");
  }

  /** What a log that was made with {@code geometry} is opened with. */
  LogOptions resolved(Geometry geometry, long base) {
    return with(
        resolved -> {
          resolved.blockSize = geometry.blockSize();
          resolved.segmentSize = geometry.segmentSize();
          resolved.check = geometry.check();
          resolved.firstPosition = base;
          resolved.writePath = resolvedWritePath();
        });
  }

  private WritePath resolvedWritePath() {
    if (writePath != WritePath.AUTO) {
      return writePath;
    }
    return durability instanceof Durability.Sync ? WritePath.POSITIONAL : WritePath.MAPPED;
  }

  /** The geometry of a new log. */
  Geometry newGeometry() {
    int blocks = blockSize == 0 ? Geometry.DEFAULT_BLOCK_SIZE : blockSize;
    int segments = segmentSize == 0 ? Geometry.DEFAULT_SEGMENT_SIZE : segmentSize;
    String fault = Geometry.fault(blocks, segments);
    if (fault == null && firstPosition % segments != 0) {
      fault = "first position must be a multiple of %d, is %d".formatted(segments, firstPosition);
    }
    if (fault != null) {
      throw new IllegalArgumentException(fault);
    }
    return new Geometry(blocks, segments, check == null ? CheckKind.CRC32C : check, io.newLogId());
  }

  /** The same values, to be changed one by one: a record cannot be copied but for one of them. */
  private static final class Fields {
    private int blockSize;
    private int segmentSize;
    private @Nullable CheckKind check;
    private long firstPosition;
    private Durability durability;
    private MappingKind mapping;
    private WritePath writePath;
    private int batchLimit;
    private int preparedSegments;
    private Io io;

    Fields(LogOptions options) {
      blockSize = options.blockSize;
      segmentSize = options.segmentSize;
      check = options.check;
      firstPosition = options.firstPosition;
      durability = options.durability;
      mapping = options.mapping;
      writePath = options.writePath;
      batchLimit = options.batchLimit;
      preparedSegments = options.preparedSegments;
      io = options.io;
    }

    LogOptions options() {
      return new LogOptions(
          blockSize,
          segmentSize,
          check,
          firstPosition,
          durability,
          mapping,
          writePath,
          batchLimit,
          preparedSegments,
          io);
    }
  }
}
