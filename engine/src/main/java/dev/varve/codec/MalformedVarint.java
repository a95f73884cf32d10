package dev.varve.codec;

import java.util.HexFormat;

/**
 * Bytes that are not the canonical encoding of any value, met while reading a {@link Varint63} or
 * {@link Leb128}.
 *
 * <p>It means bad input and never misuse by the caller. A reader that knows which file or blob the
 * bytes came from turns it into its own typed error, which names the place.
 */
public final class MalformedVarint extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the bytes: the first fault met in reading order. */
  public enum Reason {
    /**
     * The limit was reached before the last byte. The bytes present, perhaps none, are the start of
     * at least one valid encoding: with more bytes it may still become one.
     */
    TRUNCATED("truncated"),

    /** The ninth byte asks for a tenth; nine groups of seven bits are all that 63 bits need. */
    OVERLONG("over-long"),

    /** A most significant group of zero: the same value has a shorter encoding. */
    NON_CANONICAL("non-canonical");

    private final String adjective;

    Reason(String adjective) {
      this.adjective = adjective;
    }
  }

  private final Reason reason;
  private final long offset;

  private MalformedVarint(Reason reason, String code, long offset, String detail) {
    super(reason.adjective + " " + code + " at offset " + offset + ": " + detail);
    this.reason = reason;
    this.offset = offset;
  }

  static MalformedVarint truncated(String code, long offset, long limit) {
    String expected = "expected a byte below 0x80 before limit " + limit;
    String found = ", found none in " + (limit - offset) + " bytes";
    return new MalformedVarint(Reason.TRUNCATED, code, offset, expected + found);
  }

  static MalformedVarint overlong(String code, long offset, byte ninth) {
    String found = ", found " + hex(ninth) + " as the ninth, which continues";
    return new MalformedVarint(Reason.OVERLONG, code, offset, "expected at most 9 bytes" + found);
  }

  static MalformedVarint nonCanonical(String code, long offset, long groupOffset, byte group) {
    String expected = "expected a most significant group above 0";
    String found = ", found " + hex(group) + " at offset " + groupOffset;
    return new MalformedVarint(Reason.NON_CANONICAL, code, offset, expected + found);
  }

  private static String hex(byte value) {
    return "0x" + HexFormat.of().toHexDigits(value);
  }

  /** What is wrong with the bytes. */
  public Reason reason() {
    return reason;
  }

  /**
   * Offset of the encoding's first byte in the array or memory that was read, whichever of its
   * bytes is at fault. The message names that byte.
   */
  public long offset() {
    return offset;
  }
}
