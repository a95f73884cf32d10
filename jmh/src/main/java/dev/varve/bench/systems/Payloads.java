package dev.varve.bench.systems;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records that one thread appends. Each begins with its sequence number and ends with a seal
 * computed from it, both little-endian; between them are bytes that are the same in every record.
 * So whoever reads a record back can tell that it is the right one, whole.
 */
public final class Payloads {
  /** Shortest record: sequence number and seal. */
  public static final int MIN_BYTES = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] payload;
  private byte[][] slots = new byte[0][];
  private long nextSequence;
  private long @Nullable [] positions;
  private int placed;

  /** Records of one length whose sequence numbers start at 0. */
  public Payloads(int payloadBytes) {
    this(payloadBytes, 0);
  }

  /** Records of one length whose sequence numbers start at a given one. */
  public Payloads(int payloadBytes, long firstSequence) {
    payload = filled(payloadBytes);
    nextSequence = firstSequence;
  }

  /** The next record. The array is used again by the next call. */
  public byte[] next() {
    return stamp(payload);
  }

  /** The next record in an array of its own, which is used again by the same slot. */
  public byte[] next(int slot) {
    if (slot >= slots.length) {
      addSlots(slot + 1);
    }
    return stamp(slots[slot]);
  }

  /** Length of each record. */
  public int payloadBytes() {
    return payload.length;
  }

  /** The sequence number that the next record will have; also the count so far, if started at 0. */
  public long nextSequence() {
    return nextSequence;
  }

  /**
   * Where the next record in order of sequence was placed, for those who can read it from there.
   */
  public void placed(long position) {
    long[] kept = positions;
    if (kept != null) {
      kept[placed++] = position;
    }
  }

  /** From now on keeps the positions of so many records. */
  public long[] keepPositions(int count) {
    long[] kept = new long[count];
    positions = kept;
    placed = 0;
    return kept;
  }

  /** The last eight bytes of the record with this sequence number, as a little-endian long. */
  static long seal(long sequence) {
    return (sequence + 1) * 0x9E3779B97F4A7C15L;
  }

  static long longAt(byte[] array, int offset) {
    return (long) LONG.get(array, offset);
  }

  /** A record with its middle bytes set. */
  static byte[] filled(int payloadBytes) {
    byte[] array = new byte[payloadBytes];
    for (int i = 0; i < payloadBytes; i++) {
      array[i] = (byte) (i * 31 + 7);
    }
    return array;
  }

  static void stamp(byte[] array, long sequence) {
    LONG.set(array, 0, sequence);
    LONG.set(array, array.length - Long.BYTES, seal(sequence));
  }

  private byte[] stamp(byte[] array) {
    stamp(array, nextSequence++);
    return array;
  }

  private void addSlots(int count) {
    int from = slots.length;
    slots = Arrays.copyOf(slots, Math.max(count, 2 * from));
    for (int i = from; i < slots.length; i++) {
      slots[i] = payload.clone();
    }
  }
}
