package dev.varve.segment;

import dev.varve.codec.RecordCheck;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where a block keeps its frames, and what a size slot says; {@code docs/formats/segment-log.md} is
 * the specification. All numbers are little-endian.
 *
 * <pre>
 *   +---------+---------+-- ... --+---------+----- ... -----+------+----+----+----+
 *   | frame 0 | frame 1 |         | frame n |  zeros        | 0    | sn | .. | s0 |
 *   +---------+---------+-- ... --+---------+----- ... -----+------+----+----+----+
 *   0                                                                       blockSize
 * </pre>
 *
 * A slot is 4 bytes: bits 0-23 the frame's size with its header, bits 24-25 its kind, bit 26 set on
 * every frame of an atomic unit but its last, bits 27-31 zero. A slot of 0 ends the block.
 */
final class FrameLayout {
  static final int SLOT_BYTES = 4;
  static final int HEADER_BYTES = RecordCheck.HEADER_BYTES;

  static final int WHOLE = 0;
  static final int FIRST = 1 << 24;
  static final int MIDDLE = 2 << 24;
  static final int LAST = 3 << 24;
  static final int CONTINUES = 1 << 26;

  private static final int SIZE_MASK = (1 << 24) - 1;
  private static final int KIND_MASK = 3 << 24;
  private static final int RESERVED_MASK = -1 << 27;

  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Slots are aligned to 4 bytes, so that they can be published with a release store. */
  static final VarHandle SLOT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  private FrameLayout() {}

  static int size(int slot) {
    return slot & SIZE_MASK;
  }

  static int kind(int slot) {
    return slot & KIND_MASK;
  }

  /** Whether a frame of this kind is the first of its record. */
  static boolean startsRecord(int kind) {
    return kind == WHOLE || kind == FIRST;
  }

  static boolean continues(int slot) {
    return (slot & CONTINUES) != 0;
  }

  static boolean reservedBitsAreZero(int slot) {
    return (slot & RESERVED_MASK) == 0;
  }

  /** Largest payload of a frame in a block of this size, with room left for a terminator. */
  static int maxFramePayload(int blockSize) {
    return blockSize - HEADER_BYTES - 2 * SLOT_BYTES;
  }
}
