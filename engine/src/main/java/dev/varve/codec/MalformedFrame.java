package dev.varve.codec;

/**
 * Bytes that are no {@link EventFrame}. A reader that knows which blob they came from turns it into
 * its own typed error, which names the place.
 */
public final class MalformedFrame extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int offset;
  private final String expected;
  private final String found;

  private MalformedFrame(int offset, String expected, String found) {
    super("no event frame at offset %d: expected %s, found %s".formatted(offset, expected, found));
    this.offset = offset;
    this.expected = expected;
    this.found = found;
  }

  static MalformedFrame sizesDiffer(int offset, int first, int second) {
    return new MalformedFrame(offset, "a closing size of " + first, Integer.toString(second));
  }

  static MalformedFrame checksumDiffers(int offset, int computed, int stored) {
    return new MalformedFrame(
        offset, "checksum 0x%08x".formatted(computed), "0x%08x".formatted(stored));
  }

  static MalformedFrame zeros(int offset) {
    return new MalformedFrame(offset, "an event", "twelve zero bytes");
  }

  /** Offset of the frame's first byte in the array that was read. */
  public int offset() {
    return offset;
  }

  /** What a frame has there. */
  public String expected() {
    return expected;
  }

  /** What is there. */
  public String found() {
    return found;
  }
}
