package dev.varve.segment;

import java.util.Arrays;

/** Finds out what of a range has been used; looks at many bytes at once where they are zero. */
final class Zeros {
  private static final byte[] NONE_USED = new byte[4096];

  private Zeros() {}

  /** Behind the last byte of a range that is not zero; {@code from} where all of them are. */
  static int usedLimit(byte[] bytes, int from, int to) {
    int limit = to;
    int step = Math.min(NONE_USED.length, limit - from);
    while (step > 0 && Arrays.equals(bytes, limit - step, limit, NONE_USED, 0, step)) {
      limit -= step;
      step = Math.min(NONE_USED.length, limit - from);
    }
    while (limit > from && bytes[limit - 1] == 0) {
      limit--;
    }
    return limit;
  }
}
