package dev.varve.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The variable-length integer of our formats: big-endian base 128, most significant group first.
 *
 * <p>A value of 0 to {@link Long#MAX_VALUE} takes 1 to {@value #MAX_LENGTH} bytes of seven bits;
 * the high bit 0x80 says that another byte follows, so 128 is {@code 81 00}. Only the shortest
 * encoding of a value is accepted. That is why reading returns the bare value and allocates
 * nothing: the bytes it consumed are always {@link #length(long) length(value)}.
 *
 * <pre>{@code
 * long value = Varint63.read(bytes, offset, limit);
 * offset += Varint63.length(value);
 * }</pre>
 *
 * <p>Among encodings of one length, unsigned byte order is numeric order. Format, rationale and
 * test vectors: {@code docs/formats/varint63.md}.
 */
public final class Varint63 {
  /** Size in bytes of the longest encodings, those of values from 2^56. */
  public static final int MAX_LENGTH = 9;

  private static final String CODE = "varint63";

  private Varint63() {}

  /**
   * Size in bytes, 1 to {@value #MAX_LENGTH}, of the only encoding of {@code value}.
   *
   * @throws IllegalArgumentException if {@code value} is negative
   */
  public static int length(long value) {
    // Branches, because they are predicted: a reader's next offset need not wait for this value.
    if (value >>> 7 == 0) {
      return 1;
    }
    if (value >>> 14 == 0) {
      return 2;
    }
    if (value < 0) {
      throw new IllegalArgumentException("expected a value of 0 to 2^63-1, found " + value);
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value);
    // Equals (bits + 6) / 7 for 1 to 63 bits, without the division.
    return (bits * 9 + 64) >>> 6;
  }

  /**
   * Writes {@code value} from {@code dst[offset]} on and returns how many bytes that took, 1 to
   * {@value #MAX_LENGTH}. No other byte of {@code dst} changes.
   *
   * @throws IllegalArgumentException if {@code value} is negative; nothing was written
   * @throws IndexOutOfBoundsException if the encoding does not fit; nothing was written
   */
  public static int write(byte[] dst, int offset, long value) {
    if (value >>> 7 == 0) {
      dst[offset] = (byte) value;
      return 1;
    }
    if (value >>> 14 == 0) {
      Objects.checkFromIndexSize(offset, 2, dst.length);
      dst[offset] = (byte) (0x80 | (value >>> 7));
      dst[offset + 1] = (byte) (value & 0x7F);
      return 2;
    }
    return writeGroups(dst, offset, value);
  }

  private static int writeGroups(byte[] dst, int offset, long value) {
    int length = length(value);
    Objects.checkFromIndexSize(offset, length, dst.length);
    int at = offset + length - 1;
    dst[at] = (byte) (value & 0x7F);
    for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
      dst[--at] = (byte) (0x80 | rest);
    }
    return length;
  }

  /**
   * Writes {@code value} from {@code offset} of {@code dst} on and returns how many bytes that
   * took, 1 to {@value #MAX_LENGTH}. No other byte of {@code dst} changes. The memory's own rules
   * on closed scopes, confinement and read-only memory apply.
   *
   * @throws IllegalArgumentException if {@code value} is negative; nothing was written
   * @throws IndexOutOfBoundsException if the encoding does not fit; nothing was written
   */
  public static int write(MemorySegment dst, long offset, long value) {
    if (value >>> 7 == 0) {
      dst.set(JAVA_BYTE, offset, (byte) value);
      return 1;
    }
    if (value >>> 14 == 0) {
      Objects.checkFromIndexSize(offset, 2, dst.byteSize());
      dst.set(JAVA_BYTE, offset, (byte) (0x80 | (value >>> 7)));
      dst.set(JAVA_BYTE, offset + 1, (byte) (value & 0x7F));
      return 2;
    }
    return writeGroups(dst, offset, value);
  }

  private static int writeGroups(MemorySegment dst, long offset, long value) {
    int length = length(value);
    Objects.checkFromIndexSize(offset, length, dst.byteSize());
    long at = offset + length - 1;
    dst.set(JAVA_BYTE, at, (byte) (value & 0x7F));
    for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
      dst.set(JAVA_BYTE, --at, (byte) (0x80 | rest));
    }
    return length;
  }

  /**
   * The value encoded from {@code src[offset]} on, 0 to {@link Long#MAX_VALUE}. It took {@link
   * #length(long) length(value)} bytes; none at or beyond {@code limit} was looked at.
   *
   * @throws MalformedVarint if the bytes below {@code limit}, perhaps none, are no whole canonical
   *     encoding
   * @throws IndexOutOfBoundsException if {@code offset} to {@code limit} is no range of {@code src}
   */
  public static long read(byte[] src, int offset, int limit) {
    Objects.checkFromToIndex(offset, limit, src.length);
    if (offset < limit) {
      int first = src[offset];
      if (first >= 0) {
        return first;
      }
      if (offset + 1 < limit) {
        int second = src[offset + 1];
        if (second >= 0 && first != (byte) 0x80) {
          return ((first & 0x7FL) << 7) | second;
        }
      }
    }
    return readGroups(src, offset, limit);
  }

  private static long readGroups(byte[] src, int offset, int limit) {
    int end = limit - offset < MAX_LENGTH ? limit : offset + MAX_LENGTH;
    long value = 0;
    for (int at = offset; at < end; at++) {
      byte group = src[at];
      value = (value << 7) | (group & 0x7F);
      if (group >= 0) {
        return value;
      }
      if (value == 0) {
        throw MalformedVarint.nonCanonical(CODE, offset, at, group);
      }
    }
    throw limit - offset < MAX_LENGTH
        ? MalformedVarint.truncated(CODE, offset, limit)
        : MalformedVarint.overlong(CODE, offset, src[end - 1]);
  }

  /**
   * The value encoded from {@code offset} of {@code src} on, 0 to {@link Long#MAX_VALUE}. It took
   * {@link #length(long) length(value)} bytes; none at or beyond {@code limit} was looked at. The
   * memory's own rules on closed scopes and confinement apply.
   *
   * @throws MalformedVarint if the bytes below {@code limit}, perhaps none, are no whole canonical
   *     encoding
   * @throws IndexOutOfBoundsException if {@code offset} to {@code limit} is no range of {@code src}
   */
  public static long read(MemorySegment src, long offset, long limit) {
    Objects.checkFromToIndex(offset, limit, src.byteSize());
    if (offset < limit) {
      int first = src.get(JAVA_BYTE, offset);
      if (first >= 0) {
        return first;
      }
      if (offset + 1 < limit) {
        int second = src.get(JAVA_BYTE, offset + 1);
        if (second >= 0 && first != (byte) 0x80) {
          return ((first & 0x7FL) << 7) | second;
        }
      }
    }
    return readGroups(src, offset, limit);
  }

  private static long readGroups(MemorySegment src, long offset, long limit) {
    long end = limit - offset < MAX_LENGTH ? limit : offset + MAX_LENGTH;
    long value = 0;
    for (long at = offset; at < end; at++) {
      byte group = src.get(JAVA_BYTE, at);
      value = (value << 7) | (group & 0x7F);
      if (group >= 0) {
        return value;
      }
      if (value == 0) {
        throw MalformedVarint.nonCanonical(CODE, offset, at, group);
      }
    }
    throw limit - offset < MAX_LENGTH
        ? MalformedVarint.truncated(CODE, offset, limit)
        : MalformedVarint.overlong(CODE, offset, src.get(JAVA_BYTE, end - 1));
  }
}
