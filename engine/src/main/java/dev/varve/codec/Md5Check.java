package dev.varve.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The seed's check field: the MD5 (RFC 1321) of the payload alone, 16 bytes. It does not cover the
 * position or the size, and knows no back distance and no mark.
 */
public final class Md5Check implements RecordCheck {
  private static final ValueLayout.OfLong LONG_LE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int CHECK_OFFSET = 8;
  private static final int CHECK_BYTES = 16;

  private final MessageDigest md5;
  private final byte[] digest = new byte[CHECK_BYTES];
  private long position;

  /** A check of its own digest. */
  public Md5Check() {
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has MD5", impossible);
    }
  }

  @Override
  public void begin(long recordPosition, int slot, int back, long mark) {
    position = recordPosition;
    md5.reset();
  }

  @Override
  public void update(byte[] source, int offset, int length) {
    md5.update(source, offset, length);
  }

  @Override
  public void update(ByteBuffer source) {
    md5.update(source);
  }

  @Override
  public void finish(MemorySegment target, long offset) {
    digest();
    target.set(LONG_LE, offset, position);
    MemorySegment.copy(
        digest, 0, target, ValueLayout.JAVA_BYTE, offset + CHECK_OFFSET, CHECK_BYTES);
  }

  @Override
  public boolean matches(byte[] frame, int offset, int size, int slot) {
    md5.reset();
    md5.update(frame, offset + HEADER_BYTES, size - HEADER_BYTES);
    digest();
    int from = offset + CHECK_OFFSET;
    return Arrays.equals(digest, 0, CHECK_BYTES, frame, from, from + CHECK_BYTES);
  }

  private void digest() {
    try {
      md5.digest(digest, 0, CHECK_BYTES);
    } catch (DigestException impossible) {
      throw new IllegalStateException("an MD5 has 16 bytes", impossible);
    }
  }
}
