package dev.varve.segment;

import dev.varve.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a log knows about itself; the home of the superblock's layout. The file holds two copies of
 * 4,096 bytes, written in turn; the valid one with the higher sequence counts.
 *
 * <pre>
 *    0  8  magic "VARVELOG"            48  8  base: where the log's numbering began
 *    8  4  format version, 1           56  8  tail: oldest position kept
 *   12  4  check kind                  64  8  proven mark: everything below is durable
 *   16 16  log id                      72  8  end at the clean end, -1 while a writer is at work
 *   32  4  block size
 *   36  4  segment size                80 40  boot id of the kernel, ASCII, padded with zeros
 *   40  8  sequence
 *                                    4092  4  CRC-32C of the bytes before it
 * </pre>
 *
 * All numbers are little-endian; bytes not named are zero.
 *
 * @param bootId the kernel run in which the latest writer opened the log
 * @param cleanEnd {@link #NOT_CLEAN} while a writer is at work or after it died
 */
record Superblock(
    Geometry geometry,
    long sequence,
    long base,
    long tail,
    long mark,
    long cleanEnd,
    String bootId) {
  static final int COPY_BYTES = 4096;
  static final int VERSION = 1;
  static final long NOT_CLEAN = -1;

  /** Positions beyond do not occur: sums of positions and sizes stay in range. */
  static final long MAX_POSITION = 1L << 62;

  private static final byte[] MAGIC = "VARVELOG".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION_OFFSET = 8;
  private static final int KIND_OFFSET = 12;
  private static final int LOG_ID_OFFSET = 16;
  private static final int LOG_ID_BYTES = 16;
  private static final int BLOCK_SIZE_OFFSET = 32;
  private static final int SEGMENT_SIZE_OFFSET = 36;
  private static final int SEQUENCE_OFFSET = 40;
  private static final int BASE_OFFSET = 48;
  private static final int TAIL_OFFSET = 56;
  private static final int MARK_OFFSET = 64;
  private static final int CLEAN_END_OFFSET = 72;
  private static final int BOOT_ID_OFFSET = 80;
  private static final int BOOT_ID_BYTES = 40;
  private static final int RESERVED_OFFSET = BOOT_ID_OFFSET + BOOT_ID_BYTES;
  private static final int CRC_OFFSET = COPY_BYTES - 4;

  /** A log without records. */
  static Superblock fresh(Geometry geometry, long base) {
    return new Superblock(geometry, 0, base, base, base, NOT_CLEAN, "");
  }

  boolean clean() {
    return cleanEnd != NOT_CLEAN;
  }

  /** What lies below the tail counts as durable: it is never read again. */
  Superblock withTail(long position) {
    return new Superblock(
        geometry, sequence, base, position, Math.max(mark, position), cleanEnd, bootId);
  }

  Superblock withMark(long position) {
    long proven = Math.max(mark, position);
    return new Superblock(geometry, sequence, base, tail, proven, cleanEnd, bootId);
  }

  /**
   * A writer is at work in this run of the kernel. The mark stays at or above the tail, which may
   * have moved on to a first record that nothing proves yet.
   */
  Superblock opened(String boot, long provenMark) {
    return new Superblock(
        geometry, sequence, base, tail, Math.max(tail, provenMark), NOT_CLEAN, boot);
  }

  /** Whether a writer of that run of the kernel was at work and may have died. */
  boolean leftOpenIn(String boot) {
    return !clean() && !boot.isEmpty() && boot.equals(bootId);
  }

  /**
   * A recovery begins to cut a torn tail. Without a boot id the next one trusts nothing that only
   * the page cache may hold.
   */
  Superblock cutting() {
    return opened("", mark);
  }

  /** Whether a recovery may have died after {@link #cutting()}. */
  boolean mayBeCutting() {
    return !clean() && bootId.isEmpty();
  }

  /** Everything is synced and the writer has left. */
  Superblock closed(long end) {
    return new Superblock(geometry, sequence, base, tail, end, end, bootId);
  }

  Superblock next() {
    assert ordered() : this;
    return new Superblock(geometry, sequence + 1, base, tail, mark, cleanEnd, bootId);
  }

  byte[] encode() {
    byte[] copy = new byte[COPY_BYTES];
    System.arraycopy(MAGIC, 0, copy, 0, MAGIC.length);
    FrameLayout.INT.set(copy, VERSION_OFFSET, VERSION);
    FrameLayout.INT.set(copy, KIND_OFFSET, geometry.check().code());
    System.arraycopy(geometry.logId(), 0, copy, LOG_ID_OFFSET, LOG_ID_BYTES);
    FrameLayout.INT.set(copy, BLOCK_SIZE_OFFSET, geometry.blockSize());
    FrameLayout.INT.set(copy, SEGMENT_SIZE_OFFSET, geometry.segmentSize());
    FrameLayout.LONG.set(copy, SEQUENCE_OFFSET, sequence);
    FrameLayout.LONG.set(copy, BASE_OFFSET, base);
    FrameLayout.LONG.set(copy, TAIL_OFFSET, tail);
    FrameLayout.LONG.set(copy, MARK_OFFSET, mark);
    FrameLayout.LONG.set(copy, CLEAN_END_OFFSET, cleanEnd);
    byte[] boot = bootId.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(boot, 0, copy, BOOT_ID_OFFSET, Math.min(boot.length, BOOT_ID_BYTES));
    FrameLayout.INT.set(copy, CRC_OFFSET, crc(copy));
    return copy;
  }

  /** The superblock in a copy; {@code null} where it is not whole. */
  static @Nullable Superblock decode(byte[] copy) {
    if (!isOurs(copy)
        || version(copy) != VERSION
        || (int) FrameLayout.INT.get(copy, CRC_OFFSET) != crc(copy)) {
      return null;
    }
    Geometry geometry = geometry(copy);
    if (geometry == null || !reservedIsZero(copy)) {
      return null;
    }
    Superblock superblock =
        new Superblock(
            geometry,
            (long) FrameLayout.LONG.get(copy, SEQUENCE_OFFSET),
            (long) FrameLayout.LONG.get(copy, BASE_OFFSET),
            (long) FrameLayout.LONG.get(copy, TAIL_OFFSET),
            (long) FrameLayout.LONG.get(copy, MARK_OFFSET),
            (long) FrameLayout.LONG.get(copy, CLEAN_END_OFFSET),
            bootId(copy));
    return superblock.ordered() ? superblock : null;
  }

  private boolean ordered() {
    return base >= 0
        && base % geometry.segmentSize() == 0
        && base <= tail
        && tail <= mark
        && mark <= MAX_POSITION
        && (cleanEnd == NOT_CLEAN || cleanEnd == mark);
  }

  private static @Nullable Geometry geometry(byte[] copy) {
    int blockSize = (int) FrameLayout.INT.get(copy, BLOCK_SIZE_OFFSET);
    int segmentSize = (int) FrameLayout.INT.get(copy, SEGMENT_SIZE_OFFSET);
    int code = (int) FrameLayout.INT.get(copy, KIND_OFFSET);
    if (Geometry.fault(blockSize, segmentSize) != null) {
      return null;
    }
    byte[] id = Arrays.copyOfRange(copy, LOG_ID_OFFSET, LOG_ID_OFFSET + LOG_ID_BYTES);
    for (CheckKind kind : CheckKind.values()) {
      if (kind.code() == code) {
        return new Geometry(blockSize, segmentSize, kind, id);
      }
    }
    return null;
  }

  private static String bootId(byte[] copy) {
    int length = 0;
    while (length < BOOT_ID_BYTES && copy[BOOT_ID_OFFSET + length] != 0) {
      length++;
    }
    return new String(copy, BOOT_ID_OFFSET, length, StandardCharsets.US_ASCII);
  }

  private static boolean reservedIsZero(byte[] copy) {
    return Zeros.usedLimit(copy, RESERVED_OFFSET, CRC_OFFSET) == RESERVED_OFFSET;
  }

  private static boolean isOurs(byte[] copy) {
    return Arrays.equals(copy, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  private static int version(byte[] copy) {
    return (int) FrameLayout.INT.get(copy, VERSION_OFFSET);
  }

  private static int crc(byte[] copy) {
    CRC32C crc = new CRC32C();
    crc.update(copy, 0, CRC_OFFSET);
    return (int) crc.getValue();
  }

  /**
   * The newer of two copies.
   *
   * @throws StorageException.UnsupportedFormat for a file of another version or of something else
   * @throws StorageException.Corrupt when neither copy is whole
   */
  static Superblock newer(byte[] first, byte[] second) {
    refuseNewer(first);
    refuseNewer(second);
    Superblock a = decode(first);
    Superblock b = decode(second);
    if (a != null && b != null) {
      return a.sequence > b.sequence ? a : b;
    }
    if (a != null) {
      return a;
    }
    return b != null ? b : refused(first, second);
  }

  /** A whole copy of a newer version counts, even where the other one is still of ours. */
  private static void refuseNewer(byte[] copy) {
    boolean whole = isOurs(copy) && (int) FrameLayout.INT.get(copy, CRC_OFFSET) == crc(copy);
    if (whole && isNewer(copy)) {
      throw unsupported(copy);
    }
  }

  private static boolean isNewer(byte[] copy) {
    return Integer.compareUnsigned(version(copy), VERSION) > 0;
  }

  private static StorageException unsupported(byte[] copy) {
    return new StorageException.UnsupportedFormat(
        SegmentNames.SUPERBLOCK,
        "format version " + Integer.toUnsignedString(version(copy)),
        "version " + VERSION);
  }

  private static Superblock refused(byte[] first, byte[] second) {
    for (byte[] copy : new byte[][] {first, second}) {
      if (isOurs(copy) && isNewer(copy)) {
        throw unsupported(copy);
      }
    }
    if (!isOurs(first) && !isOurs(second)) {
      throw new StorageException.UnsupportedFormat(
          SegmentNames.SUPERBLOCK, "a file without the magic VARVELOG", "a Varve log");
    }
    throw new StorageException.Corrupt(
        SegmentNames.SUPERBLOCK, 0, 0, "a copy that matches its CRC-32C", "two that do not");
  }
}
