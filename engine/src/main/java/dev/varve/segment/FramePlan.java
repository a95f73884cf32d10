package dev.varve.segment;

/** Lays records out on paper as {@link FrameWriter} will, to learn which blocks they will need. */
final class FramePlan {
  private final Geometry geometry;
  private int room;
  private long blockLimit;

  /**
   * @param room payload bytes that fit behind the last frame of the block
   * @param blockLimit the address behind that block
   */
  FramePlan(Geometry geometry, int room, long blockLimit) {
    this.geometry = geometry;
    this.room = room;
    this.blockLimit = blockLimit;
  }

  /** Lays out a record of {@code length} bytes behind the others. */
  FramePlan add(int length) {
    boolean fragmented = length > geometry.maxFramePayload();
    int left = length;
    while (left > room) {
      if (fragmented && room > 0) {
        left -= room;
      }
      room = geometry.maxFramePayload();
      blockLimit += geometry.blockSize();
    }
    room -= left + FrameLayout.HEADER_BYTES + FrameLayout.SLOT_BYTES;
    return this;
  }

  /** The address behind the last block that is needed. */
  long limit() {
    return blockLimit;
  }
}
