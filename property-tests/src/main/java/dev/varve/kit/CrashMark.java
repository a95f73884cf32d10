package dev.varve.kit;

/**
 * What the child of a {@link CrashRunner} says on the pipe, in frames of {@link #BYTES} bytes,
 * big-endian: {@code u8 mark | u32 writer | u64 append}.
 */
enum CrashMark {
  /** The log is about to be opened. */
  OPENING,
  /** The log is open, appending begins. */
  OPEN,
  /** The append is about to be made. */
  BEGUN,
  /** The log has returned from the append. */
  ACKNOWLEDGED;

  static final int BYTES = 1 + Integer.BYTES + Long.BYTES;
}
