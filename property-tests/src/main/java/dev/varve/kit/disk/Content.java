package dev.varve.kit.disk;

import java.util.Arrays;

/** The bytes of one sector at one moment; nobody changes them. */
@SuppressWarnings("ArrayRecordComponent")
record Content(byte[] bytes, long hash) {
  static Content of(byte[] bytes) {
    return new Content(bytes, Hashes.of(bytes));
  }

  boolean sameAs(Content other) {
    return hash == other.hash && Arrays.equals(bytes, other.bytes);
  }
}
