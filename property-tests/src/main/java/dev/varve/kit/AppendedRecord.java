package dev.varve.kit;

/** A record that was appended: what the log has to give back. */
public final class AppendedRecord {
  private final long position;
  private final byte[] payload;

  /** The record that the log acknowledged at the position; the array is not copied. */
  public AppendedRecord(long position, byte[] payload) {
    this.position = position;
    this.payload = payload;
  }

  /** The position that the log answered. */
  public long position() {
    return position;
  }

  /** The payload as it was appended: the same array, not to be changed. */
  public byte[] payload() {
    return payload;
  }

  @Override
  public String toString() {
    return "%d bytes at %d".formatted(payload.length, position);
  }
}
