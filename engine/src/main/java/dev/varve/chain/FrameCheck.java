package dev.varve.chain;

import dev.varve.codec.EventFrame;
import dev.varve.codec.MalformedFrame;
import java.util.Arrays;

/** Checks the events of a link that comes in parts, which may end within an event. */
final class FrameCheck {
  private final int link;
  private byte[] rest = new byte[0];

  /** Offset in the link at which the rest begins. */
  private long offset;

  private final long start;
  private long firstKey;
  private long maxKey;

  /** For a link that begins at a position. */
  FrameCheck(int link, long start) {
    this.link = link;
    this.start = start;
  }

  /** The next bytes of the link. */
  void add(byte[] part, int length) {
    byte[] bytes = Arrays.copyOf(rest, rest.length + length);
    System.arraycopy(part, 0, bytes, rest.length, length);
    int at = 0;
    try {
      for (int frame = next(bytes, at); frame > 0; frame = next(bytes, at)) {
        note(EventFrame.key(bytes, at));
        at += frame;
      }
    } catch (MalformedFrame fault) {
      throw ChainFaults.damaged(
          link, offset + at, start + offset + at, fault.expected(), fault.found());
    }
    rest = Arrays.copyOfRange(bytes, at, bytes.length);
    offset += at;
  }

  private static int next(byte[] bytes, int at) {
    return at < bytes.length ? EventFrame.decode(bytes, at, bytes.length) : 0;
  }

  private void note(long key) {
    firstKey = firstKey == 0 ? key : firstKey;
    maxKey = Math.max(maxKey, key);
  }

  /** There are no more bytes. */
  void end() {
    if (rest.length > 0) {
      throw ChainFaults.damaged(
          link,
          offset,
          start + offset,
          "an event that ends with its link",
          "the first %d bytes of one".formatted(rest.length));
    }
  }

  /** Key of the first event, 0 if there was none. */
  long firstKey() {
    return firstKey;
  }

  /** The largest key, 0 if there was none. */
  long maxKey() {
    return maxKey;
  }
}
