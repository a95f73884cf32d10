package dev.varve.segment;

import org.jspecify.annotations.Nullable;

/**
 * Sizes and identity that are fixed when a log is made.
 *
 * @param blockSize bytes of a block, a power of two from 256 to 65,536
 * @param segmentSize bytes of a segment, a multiple of the block size, at least two blocks
 * @param check which check records carry
 * @param logId sixteen bytes that no other log has
 */
@SuppressWarnings("ArrayRecordComponent")
record Geometry(int blockSize, int segmentSize, CheckKind check, byte[] logId) {
  static final int DEFAULT_BLOCK_SIZE = 4096;
  static final int DEFAULT_SEGMENT_SIZE = 4 << 20;
  private static final int MIN_BLOCK_SIZE = 256;
  private static final int MAX_BLOCK_SIZE = 65_536;
  private static final int MAX_SEGMENT_SIZE = 256 << 20;

  /** What is wrong with a pair of sizes; {@code null} when nothing is. */
  static @Nullable String fault(int blockSize, int segmentSize) {
    if (blockSize < MIN_BLOCK_SIZE
        || blockSize > MAX_BLOCK_SIZE
        || Integer.bitCount(blockSize) != 1) {
      return "block size must be a power of two from %d to %d bytes, is %d"
          .formatted(MIN_BLOCK_SIZE, MAX_BLOCK_SIZE, blockSize);
    }
    if (segmentSize < 2 * blockSize
        || segmentSize > MAX_SEGMENT_SIZE
        || segmentSize % blockSize != 0) {
      return "segment size must be a multiple of the block size, from %d to %d bytes, is %d"
          .formatted(2 * blockSize, MAX_SEGMENT_SIZE, segmentSize);
    }
    return null;
  }

  boolean crc() {
    return check == CheckKind.CRC32C;
  }

  long blockStart(long position) {
    return position & -(long) blockSize;
  }

  long segmentStart(long position) {
    return position - position % segmentSize;
  }

  int maxFramePayload() {
    return FrameLayout.maxFramePayload(blockSize);
  }
}
