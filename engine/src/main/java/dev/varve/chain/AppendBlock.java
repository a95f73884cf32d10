package dev.varve.chain;

import dev.varve.codec.EventFrame;
import dev.varve.driver.EventBatch;
import java.nio.ByteBuffer;

/**
 * What goes out with one append: framed events, and a marker in front of them for the chains that
 * have markers. It does not change once it was sent; a request that was given up may still be
 * reading it.
 */
final class AppendBlock {
  private final byte[] bytes;
  private int limit = Markers.FRAME_BYTES;
  private long firstKey;
  private long maxKey;
  private boolean marked;

  /** Room for so many bytes of framed events. */
  AppendBlock(int frameBytes) {
    bytes = new byte[Markers.FRAME_BYTES + frameBytes];
  }

  /** The events of a batch, ready to be marked. */
  static AppendBlock of(EventBatch batch) {
    AppendBlock block = new AppendBlock(batch.frameBytes());
    byte[] source = batch.array();
    for (int index = 0; index < batch.count(); index++) {
      block.note(batch.key(index), batch.key(index));
      block.limit +=
          EventFrame.encode(
              source, batch.offset(index), batch.contentBytes(index), block.bytes, block.limit);
    }
    return block;
  }

  /** Adds the events of another block. */
  AppendBlock add(AppendBlock other) {
    if (other.frameBytes() > 0) {
      note(other.firstKey, other.maxKey);
      System.arraycopy(other.bytes, Markers.FRAME_BYTES, bytes, limit, other.frameBytes());
      limit += other.frameBytes();
    }
    return this;
  }

  private void note(long first, long largest) {
    firstKey = frameBytes() == 0 ? first : firstKey;
    maxKey = Math.max(maxKey, largest);
  }

  /** Puts a marker in front, unless one was put there before. */
  void mark(Markers markers) {
    if (!marked) {
      markers.store(bytes, 0);
      marked = true;
    }
  }

  /** Bytes of the framed events, without a marker. */
  int frameBytes() {
    return limit - Markers.FRAME_BYTES;
  }

  /** Key of the first event. */
  long firstKey() {
    return firstKey;
  }

  /** The largest key. */
  long maxKey() {
    return maxKey;
  }

  /** The bytes to append. */
  ByteBuffer data(boolean withMarker) {
    int start = start(withMarker);
    return ByteBuffer.wrap(bytes, start, limit - start).slice();
  }

  /** How many bytes those are. */
  int length(boolean withMarker) {
    return limit - start(withMarker);
  }

  private static int start(boolean withMarker) {
    return withMarker ? 0 : Markers.FRAME_BYTES;
  }
}
