package dev.varve.segment;

/** A position was given that is no record's start. */
public final class NoSuchRecordException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final long position;

  NoSuchRecordException(long position, String found) {
    super("position %d is no record's start: %s".formatted(position, found));
    this.position = position;
  }

  /** The position asked for. */
  public long position() {
    return position;
  }
}
