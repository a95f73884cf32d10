package dev.varve.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * CRC-32 from any value of its register. The JDK's class is the fastest for many bytes, but always
 * starts from all ones; four bytes can bring a register from there to every value, and to each by
 * exactly one choice of the four. That takes as long as some hundred bytes by tables, eight bytes
 * at a time (M. Kounavis and F. Berry, "A systematic approach to building high performance
 * software-based CRC generators", 2005).
 */
final class Crc32Register {
  private static final int POLYNOMIAL = 0xEDB88320;
  private static final int ALL_ONES = -1;

  /** Up to here tables are faster. */
  private static final int MOST_BY_TABLES = 96;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** By the highest byte of a step's result, the byte that was shifted out to get there. */
  private static final int[] SHIFTED_OUT = new int[256];

  /** By the byte that is shifted out, what is added to the rest. */
  private static final int[] ADDED = new int[256];

  /** The same when up to seven zero bytes follow: by how many, then by the byte. */
  private static final int[] FOLLOWED = new int[8 * 256];

  static {
    for (int octet = 0; octet < 256; octet++) {
      int register = octet;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        register = register >>> 1 ^ (-(register & 1) & POLYNOMIAL);
      }
      ADDED[octet] = register;
      SHIFTED_OUT[register >>> 24] = octet;
      FOLLOWED[octet] = register;
    }
    for (int i = 256; i < FOLLOWED.length; i++) {
      int shorter = FOLLOWED[i - 256];
      FOLLOWED[i] = (shorter >>> Byte.SIZE) ^ ADDED[shorter & 0xFF];
    }
  }

  private Crc32Register() {}

  /**
   * What the register holds after so many bytes.
   *
   * @param count a multiple of 8
   */
  static int after(int register, byte[] bytes, int from, int count) {
    return count <= MOST_BY_TABLES
        ? byTables(register, bytes, from, count)
        : byTheJdk(register, bytes, from, count);
  }

  private static int byTables(int register, byte[] bytes, int from, int count) {
    int crc = register;
    for (int at = from; at < from + count; at += Long.BYTES) {
      long eight = (long) LONG.get(bytes, at) ^ Integer.toUnsignedLong(crc);
      int low = (int) eight;
      int high = (int) (eight >>> 32);
      crc =
          followed(7, low)
              ^ followed(6, low >>> 8)
              ^ followed(5, low >>> 16)
              ^ followed(4, low >>> 24)
              ^ followed(3, high)
              ^ followed(2, high >>> 8)
              ^ followed(1, high >>> 16)
              ^ followed(0, high >>> 24);
    }
    return crc;
  }

  private static int followed(int zeros, int octet) {
    return FOLLOWED[(zeros << 8) + (octet & 0xFF)];
  }

  private static int byTheJdk(int register, byte[] bytes, int from, int count) {
    int first = fourZerosEarlier(register) ^ ALL_ONES;
    CRC32 crc = new CRC32();
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      crc.update(first >>> shift & 0xFF);
    }
    crc.update(bytes, from, count);
    return ~(int) crc.getValue();
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
