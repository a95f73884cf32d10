package dev.varve.codec;

import java.util.zip.CRC32;

/**
 * Starts the CRC-32 of the JDK from any value of its register. That class always starts from all
 * ones; but four bytes can bring a register from there to every value, and to each by exactly one
 * choice of the four.
 */
final class Crc32Register {
  private static final int POLYNOMIAL = 0xEDB88320;
  private static final int ALL_ONES = -1;

  /** By the highest byte of a step's result, the byte that was shifted out to get there. */
  private static final int[] SHIFTED_OUT = new int[256];

  /** By the byte that is shifted out, what is added to the rest. */
  private static final int[] ADDED = new int[256];

  static {
    for (int octet = 0; octet < 256; octet++) {
      int register = octet;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        register = register >>> 1 ^ (-(register & 1) & POLYNOMIAL);
      }
      ADDED[octet] = register;
      SHIFTED_OUT[register >>> 24] = octet;
    }
  }

  private Crc32Register() {}

  /** A CRC whose register holds {@code register}. */
  static CRC32 startingFrom(int register) {
    int bytes = fourZerosEarlier(register) ^ ALL_ONES;
    CRC32 crc = new CRC32();
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      crc.update(bytes >>> shift & 0xFF);
    }
    return crc;
  }

  /** The register that four zero bytes turn into this one. */
  private static int fourZerosEarlier(int register) {
    int earlier = register;
    for (int k = 0; k < Integer.BYTES; k++) {
      int octet = SHIFTED_OUT[earlier >>> 24];
      earlier = (earlier ^ ADDED[octet]) << 8 | octet;
    }
    return earlier;
  }
}
