package dev.varve.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Unsigned LEB128, little-endian base 128 with the least significant group first, over the values
 * of {@link Varint63} and as strict: the code that ours is compared with. No format of ours uses
 * it.
 *
 * <p>A value of 0 to {@link Long#MAX_VALUE} takes 1 to {@value #MAX_LENGTH} bytes of seven bits;
 * the high bit 0x80 says that another byte follows, so 128 is {@code 80 01}. Only the shortest
 * encoding of a value is accepted, so a read consumes {@link #length(long) length(value)} bytes and
 * allocates nothing.
 *
 * <p>Source: DWARF 5, section 7.6, restricted to 63 bits and to the shortest form. Test vectors:
 * {@code docs/formats/varint63.md}.
 */
public final class Leb128 {
  /** Size in bytes of the longest encodings, those of values from 2^56. */
  public static final int MAX_LENGTH = 9;

  private static final String CODE = "LEB128";

  private Leb128() {}

  /**
   * Size in bytes, 1 to {@value #MAX_LENGTH}, of the only encoding of {@code value}: the same as in
   * {@link Varint63}, since only the order of the groups differs.
   *
   * @throws IllegalArgumentException if {@code value} is negative
   */
  public static int length(long value) {
    return Varint63.length(value);
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
      dst[offset] = (byte) (0x80 | value);
      dst[offset + 1] = (byte) (value >>> 7);
      return 2;
    }
    return writeGroups(dst, offset, value);
  }

  private static int writeGroups(byte[] dst, int offset, long value) {
    int length = length(value);
    Objects.checkFromIndexSize(offset, length, dst.length);
    int at = offset;
    long rest = value;
    for (; rest >>> 7 != 0; rest >>>= 7) {
      dst[at++] = (byte) (0x80 | rest);
    }
    dst[at] = (byte) rest;
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
      dst.set(JAVA_BYTE, offset, (byte) (0x80 | value));
      dst.set(JAVA_BYTE, offset + 1, (byte) (value >>> 7));
      return 2;
    }
    return writeGroups(dst, offset, value);
  }

  private static int writeGroups(MemorySegment dst, long offset, long value) {
    int length = length(value);
    Objects.checkFromIndexSize(offset, length, dst.byteSize());
    long at = offset;
    long rest = value;
    for (; rest >>> 7 != 0; rest >>>= 7) {
      dst.set(JAVA_BYTE, at++, (byte) (0x80 | rest));
    }
    dst.set(JAVA_BYTE, at, (byte) rest);
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
        if (second > 0) {
          return (first & 0x7F) | (second << 7);
        }
      }
    }
    return readGroups(src, offset, limit);
  }

  private static long readGroups(byte[] src, int offset, int limit) {
    int end = limit - offset < MAX_LENGTH ? limit : offset + MAX_LENGTH;
    long value = 0;
    for (int at = offset, shift = 0; at < end; at++, shift += 7) {
      byte group = src[at];
      value |= (group & 0x7FL) << shift;
      if (group > 0) {
        return value;
      }
      // Never the value zero: the caller has returned what one byte holds.
      if (group == 0) {
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
        if (second > 0) {
          return (first & 0x7F) | (second << 7);
        }
      }
    }
    return readGroups(src, offset, limit);
  }

  private static long readGroups(MemorySegment src, long offset, long limit) {
    long end = limit - offset < MAX_LENGTH ? limit : offset + MAX_LENGTH;
    long value = 0;
    int shift = 0;
    for (long at = offset; at < end; at++, shift += 7) {
      byte group = src.get(JAVA_BYTE, at);
      value |= (group & 0x7FL) << shift;
      if (group > 0) {
        return value;
      }
      // Never the value zero: the caller has returned what one byte holds.
      if (group == 0) {
        throw MalformedVarint.nonCanonical(CODE, offset, at, group);
      }
    }
    throw limit - offset < MAX_LENGTH
        ? MalformedVarint.truncated(CODE, offset, limit)
        : MalformedVarint.overlong(CODE, offset, src.get(JAVA_BYTE, end - 1));
  }
}
