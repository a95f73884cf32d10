package dev.varve.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The frame of one event in a stream of bytes: {@code u16 size/8 | u32 key | content | u32 checksum
 * | u16 size/8}, little-endian; {@code docs/formats/event-frame.md} is the specification.
 *
 * <p>Key and content lie next to each other, from {@link #KEY_OFFSET} on. The methods are safe from
 * any thread.
 *
 * <p>The checksum is the reflected CRC-32 of polynomial 0xEDB88320 over the content, with the key
 * as initial value of the register and no final XOR.
 */
public final class EventFrame {
  /** Bytes of a frame beyond its content. */
  public static final int OVERHEAD_BYTES = 12;

  /** Content of the largest event. */
  public static final int MAX_CONTENT_BYTES = 65_535 * 8;

  /** The largest frame. */
  public static final int MAX_BYTES = OVERHEAD_BYTES + MAX_CONTENT_BYTES;

  /** Where in a frame its key is. */
  public static final int KEY_OFFSET = 2;

  /** Where in a frame its content begins. */
  public static final int CONTENT_OFFSET = 6;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private EventFrame() {}

  /** Bytes of the frame of an event with so much content, 12 to {@link #MAX_BYTES}. */
  public static int frameBytes(int contentBytes) {
    return OVERHEAD_BYTES + contentBytes;
  }

  /**
   * Whether an event may have so much content: a multiple of 8 of at most {@link
   * #MAX_CONTENT_BYTES}.
   */
  public static boolean allows(long contentBytes) {
    return contentBytes >= 0 && contentBytes <= MAX_CONTENT_BYTES && contentBytes % 8 == 0;
  }

  /** Key of the event whose frame begins at {@code at}; unsigned, so 0 to 4,294,967,295. */
  public static long key(byte[] bytes, int at) {
    return Integer.toUnsignedLong((int) INT.get(bytes, at + KEY_OFFSET));
  }

  /**
   * Frames an event.
   *
   * @param source key and content as {@code u32 key | content}, little-endian, from {@code offset}
   *     on
   * @param contentBytes what {@link #allows}
   * @return bytes of the frame
   * @throws IllegalArgumentException for another length, and for key 0 without content, which would
   *     be twelve zero bytes; the target is as before
   * @throws IndexOutOfBoundsException when either array is too short; the target is as before
   */
  public static int encode(byte[] source, int offset, int contentBytes, byte[] target, int at) {
    refuseLength(contentBytes);
    int keyed = Integer.BYTES + contentBytes;
    Objects.checkFromIndexSize(offset, keyed, source.length);
    Objects.checkFromIndexSize(at, frameBytes(contentBytes), target.length);
    refuseZeros((int) INT.get(source, offset), contentBytes);
    SHORT.set(target, at, (short) (contentBytes / 8));
    System.arraycopy(source, offset, target, at + KEY_OFFSET, keyed);
    int checksumAt = at + CONTENT_OFFSET + contentBytes;
    INT.set(target, checksumAt, checksum(target, at, contentBytes));
    SHORT.set(target, checksumAt + Integer.BYTES, (short) (contentBytes / 8));
    return frameBytes(contentBytes);
  }

  private static void refuseLength(int contentBytes) {
    if (!allows(contentBytes)) {
      throw new IllegalArgumentException(
          "the content of an event is a multiple of 8 bytes, at most %d, not %d"
              .formatted(MAX_CONTENT_BYTES, contentBytes));
    }
  }

  private static void refuseZeros(int key, int contentBytes) {
    if (key == 0 && contentBytes == 0) {
      throw new IllegalArgumentException("an event of key 0 has content");
    }
  }

  /**
   * Looks at the frame that begins at {@code at}.
   *
   * @param limit where the bytes end that are there
   * @return its bytes; 0 when its rest is not there, see {@link #neededBytes}
   * @throws MalformedFrame when the bytes are no frame
   */
  public static int decode(byte[] bytes, int at, int limit) {
    Objects.checkFromToIndex(at, limit, bytes.length);
    int frame = neededBytes(bytes, at, limit);
    if (frame > limit - at) {
      return 0;
    }
    int contentBytes = frame - OVERHEAD_BYTES;
    int second = Short.toUnsignedInt((short) SHORT.get(bytes, at + frame - Short.BYTES));
    if (second != contentBytes / 8) {
      throw MalformedFrame.sizesDiffer(at, contentBytes / 8, second);
    }
    int stored = (int) INT.get(bytes, at + CONTENT_OFFSET + contentBytes);
    int computed = checksum(bytes, at, contentBytes);
    if (stored != computed) {
      throw MalformedFrame.checksumDiffers(at, computed, stored);
    }
    if (key(bytes, at) == 0 && contentBytes == 0) {
      throw MalformedFrame.zeros(at);
    }
    return frame;
  }

  /** Bytes of the frame that begins at {@code at}; 2 when not even that is there. */
  public static int neededBytes(byte[] bytes, int at, int limit) {
    return limit - at < Short.BYTES
        ? Short.BYTES
        : frameBytes(8 * Short.toUnsignedInt((short) SHORT.get(bytes, at)));
  }

  private static int checksum(byte[] frame, int at, int contentBytes) {
    int key = (int) INT.get(frame, at + KEY_OFFSET);
    return Crc32Register.after(key, frame, at + CONTENT_OFFSET, contentBytes);
  }
}
