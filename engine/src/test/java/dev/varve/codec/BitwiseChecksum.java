package dev.varve.codec;

/** The checksum of an event frame as its page spells it out, bit by bit. */
final class BitwiseChecksum {
  private BitwiseChecksum() {}

  static int of(int key, byte[] bytes, int from, int limit) {
    int register = key;
    for (int at = from; at < limit; at++) {
      register ^= Byte.toUnsignedInt(bytes[at]);
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        boolean one = (register & 1) != 0;
        register >>>= 1;
        if (one) {
          register ^= 0xEDB88320;
        }
      }
    }
    return register;
  }
}
