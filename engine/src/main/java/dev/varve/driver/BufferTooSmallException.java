package dev.varve.driver;

/** The next event does not fit the buffer it was to be read into. */
public final class BufferTooSmallException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final int neededBytes;

  /** An event that needs so much, and the buffer that has less. */
  public BufferTooSmallException(long position, int neededBytes, int capacityBytes) {
    super(
        "the event at position %d needs a buffer of %d bytes, this one has %d"
            .formatted(position, neededBytes, capacityBytes));
    this.neededBytes = neededBytes;
  }

  /** The least capacity that holds the event. */
  public int neededBytes() {
    return neededBytes;
  }
}
