package dev.varve.kit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Payloads that anybody can derive again from a seed and a number. */
public final class Payloads {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PERIOD = 4099;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Payloads() {}

  /** The bytes number {@code sequence} of the seed, in the given length. */
  public static byte[] bytes(long seed, long sequence, int length) {
    byte[] payload = new byte[length];
    long state = mix(seed ^ mix(sequence));
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      state += GOLDEN_GAMMA;
      LONGS.set(payload, i, mix(state));
    }
    for (; i < length; i++) {
      state += GOLDEN_GAMMA;
      payload[i] = (byte) mix(state);
    }
    return payload;
  }

  /**
   * The same for long payloads in a hurry: what is behind the first few thousand bytes repeats
   * them, at a distance that is no block's size.
   */
  static byte[] repeated(long seed, long sequence, int length) {
    byte[] payload = Arrays.copyOf(bytes(seed, sequence, Math.min(length, PERIOD)), length);
    for (int done = PERIOD; done < length; done *= 2) {
      System.arraycopy(payload, 0, payload, done, Math.min(done, length - done));
    }
    return payload;
  }

  /** A number in {@code [0, bound)} that depends on the seed and the sequence only. */
  public static int number(long seed, long sequence, int bound) {
    return (int) Long.remainderUnsigned(mix(mix(seed + GOLDEN_GAMMA) ^ sequence), bound);
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  static long mix(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
