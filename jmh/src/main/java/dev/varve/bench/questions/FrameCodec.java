package dev.varve.bench.questions;

import dev.varve.codec.EventFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Ways to frame an event and to take it out of its frame again; confined to one thread. */
abstract sealed class FrameCodec {
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private FrameCodec() {}

  /** Frames {@code u32 key | content}; returns the bytes of the frame. */
  abstract int encode(byte[] event, int contentBytes, byte[] target);

  /** Copies key and content out of a frame; returns its bytes, -1 when it does not hold. */
  abstract int decode(byte[] frame, byte[] target);

  /** Copies {@code u32 key | content} and the sizes around them. */
  private static void copyIn(byte[] event, int contentBytes, byte[] target) {
    SHORT.set(target, 0, (short) (contentBytes / 8));
    System.arraycopy(event, 0, target, EventFrame.KEY_OFFSET, Integer.BYTES + contentBytes);
    SHORT.set(target, EventFrame.CONTENT_OFFSET + contentBytes + 4, (short) (contentBytes / 8));
  }

  /** Copies {@code u32 key | content} out; returns the bytes of the frame, -1 if sizes differ. */
  private static int copyOut(byte[] frame, byte[] target) {
    int contentBytes = contentBytes(frame);
    int frameBytes = EventFrame.frameBytes(contentBytes);
    System.arraycopy(frame, EventFrame.KEY_OFFSET, target, 0, Integer.BYTES + contentBytes);
    return (short) SHORT.get(frame, 0) == (short) SHORT.get(frame, frameBytes - 2)
        ? frameBytes
        : -1;
  }

  private static int contentBytes(byte[] frame) {
    return 8 * Short.toUnsignedInt((short) SHORT.get(frame, 0));
  }

  /** This repository's. */
  static final class Ours extends FrameCodec {
    @Override
    int encode(byte[] event, int contentBytes, byte[] target) {
      return EventFrame.encode(event, 0, contentBytes, target, 0);
    }

    @Override
    int decode(byte[] frame, byte[] target) {
      int bytes = EventFrame.decode(frame, 0, frame.length);
      System.arraycopy(
          frame, EventFrame.KEY_OFFSET, target, 0, bytes - EventFrame.OVERHEAD_BYTES + 4);
      return bytes;
    }
  }

  /** The same frame with a checksum that takes a look into a table for every byte. */
  static final class TableCrc extends FrameCodec {
    private static final int POLYNOMIAL = 0xEDB8_8320;
    private static final int[] TABLE = table();

    private static int[] table() {
      int[] table = new int[256];
      for (int value = 0; value < table.length; value++) {
        int register = value;
        for (int bit = 0; bit < 8; bit++) {
          register = (register >>> 1) ^ (POLYNOMIAL & -(register & 1));
        }
        table[value] = register;
      }
      return table;
    }

    private static int checksum(byte[] frame, int contentBytes) {
      int register = (int) INT.get(frame, EventFrame.KEY_OFFSET);
      int limit = EventFrame.CONTENT_OFFSET + contentBytes;
      for (int at = EventFrame.CONTENT_OFFSET; at < limit; at++) {
        register = (register >>> 8) ^ TABLE[(register ^ frame[at]) & 0xFF];
      }
      return register;
    }

    @Override
    int encode(byte[] event, int contentBytes, byte[] target) {
      copyIn(event, contentBytes, target);
      INT.set(target, EventFrame.CONTENT_OFFSET + contentBytes, checksum(target, contentBytes));
      return EventFrame.frameBytes(contentBytes);
    }

    @Override
    int decode(byte[] frame, byte[] target) {
      int contentBytes = contentBytes(frame);
      int stored = (int) INT.get(frame, EventFrame.CONTENT_OFFSET + contentBytes);
      return stored == checksum(frame, contentBytes) ? copyOut(frame, target) : -1;
    }
  }

  /** The copy alone: what no frame can do without. */
  static final class Unchecked extends FrameCodec {
    @Override
    int encode(byte[] event, int contentBytes, byte[] target) {
      copyIn(event, contentBytes, target);
      return EventFrame.frameBytes(contentBytes);
    }

    @Override
    int decode(byte[] frame, byte[] target) {
      return copyOut(frame, target);
    }
  }
}
