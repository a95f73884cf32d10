package dev.varve.bench.questions;

import dev.varve.codec.Leb128;
import dev.varve.codec.Varint63;
import net.openhft.chronicle.bytes.Bytes;

/** A way to write numbers in few bytes, over many of them. */
interface VarintCodec {
  /** Writes all values from the beginning and returns the bytes they took. */
  long write(long[] values);

  /** Reads as many values from the beginning and returns their sum. */
  long read(int count);

  /** The codec with this name, with room for so many values. */
  static VarintCodec named(String name, int count) {
    return switch (name) {
      case "varint63" -> new Ours(new byte[count * Varint63.MAX_LENGTH]);
      case "leb128" -> new LittleEndian(new byte[count * Leb128.MAX_LENGTH]);
      case "stop-bit" -> new StopBit(Bytes.allocateDirect((long) count * 10));
      default -> throw new IllegalArgumentException("no codec named " + name);
    };
  }

  /** Big-endian groups, as the engine writes them. */
  final class Ours implements VarintCodec {
    private final byte[] buffer;

    private Ours(byte[] buffer) {
      this.buffer = buffer;
    }

    @Override
    public long write(long[] values) {
      int offset = 0;
      for (long value : values) {
        offset += Varint63.write(buffer, offset, value);
      }
      return offset;
    }

    @Override
    public long read(int count) {
      long sum = 0;
      int offset = 0;
      for (int i = 0; i < count; i++) {
        long value = Varint63.read(buffer, offset, buffer.length);
        offset += Varint63.length(value);
        sum += value;
      }
      return sum;
    }
  }

  /** Little-endian groups. */
  final class LittleEndian implements VarintCodec {
    private final byte[] buffer;

    private LittleEndian(byte[] buffer) {
      this.buffer = buffer;
    }

    @Override
    public long write(long[] values) {
      int offset = 0;
      for (long value : values) {
        offset += Leb128.write(buffer, offset, value);
      }
      return offset;
    }

    @Override
    public long read(int count) {
      long sum = 0;
      int offset = 0;
      for (int i = 0; i < count; i++) {
        long value = Leb128.read(buffer, offset, buffer.length);
        offset += Leb128.length(value);
        sum += value;
      }
      return sum;
    }
  }

  /** Chronicle's, over its native bytes as its documentation advises for speed. */
  record StopBit(Bytes<?> buffer) implements VarintCodec {
    @Override
    public long write(long[] values) {
      buffer.clear();
      for (long value : values) {
        buffer.writeStopBit(value);
      }
      return buffer.writePosition();
    }

    @Override
    public long read(int count) {
      buffer.readPosition(0);
      long sum = 0;
      for (int i = 0; i < count; i++) {
        sum += buffer.readStopBit();
      }
      return sum;
    }
  }
}
