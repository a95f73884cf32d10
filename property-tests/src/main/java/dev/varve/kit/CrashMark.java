package dev.varve.kit;

/**
 * What the child of a {@link CrashRunner} says on the pipe, in frames of {@link #BYTES} bytes,
 * big-endian: {@code u8 mark | u32 writer | u64 append}.
 */
enum CrashMark {
  /** The log is about to be opened. */
  OPENING('o'),
  /** The log is open, appending begins. */
  OPEN('O'),
  /** The append is about to be made. */
  BEGUN('b'),
  /** The log has returned from the append. */
  ACKNOWLEDGED('a'),
  /** Every append of the writer up to this one has been synced. */
  SYNCED('s'),
  /** What is before this append of the writer's is about to be given up. */
  DROPPING('d');

  static final int BYTES = 1 + Integer.BYTES + Long.BYTES;

  private final byte code;

  CrashMark(char code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static CrashMark of(byte code) {
    for (CrashMark mark : values()) {
      if (mark.code == code) {
        return mark;
      }
    }
    throw new IllegalArgumentException("no mark has the code " + code);
  }
}
