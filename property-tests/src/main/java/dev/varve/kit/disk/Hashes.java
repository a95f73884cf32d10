package dev.varve.kit.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64-bit hashes that tell contents and images apart: quick, and the same in every run on one kind
 * of machine.
 */
final class Hashes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Hashes() {}

  /** Eight bytes as a number in the machine's order. */
  static long longAt(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  static long of(byte[] bytes) {
    long hash = bytes.length;
    int i = 0;
    for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      hash = join(hash, longAt(bytes, i));
    }
    for (; i < bytes.length; i++) {
      hash = join(hash, bytes[i]);
    }
    return hash;
  }

  static long of(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = join(hash, text.charAt(i));
    }
    return hash;
  }

  /** A hash of a sequence from that of its front and its next element. */
  static long join(long front, long next) {
    long z = (front ^ next) + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
