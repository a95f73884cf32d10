package dev.varve.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The default check field: {@code u32 CRC-32C | u32 back | i64 mark}, little-endian.
 *
 * <p>The CRC-32C (polynomial 0x1EDC6F41, reflected, initial value and final XOR all ones: RFC 3720,
 * appendix B.4) covers header and payload as stored, with the four bytes of the CRC itself replaced
 * by {@code logSeed XOR slot}. The seed is the CRC-32C of the log's id, so a record of another log,
 * under another size or at another position does not match.
 */
public final class Crc32cCheck implements RecordCheck {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG_LE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int CRC_OFFSET = 8;
  private static final int BACK_OFFSET = 12;
  private static final int MARK_OFFSET = 16;

  private final int logSeed;
  private final CRC32C crc = new CRC32C();
  private final byte[] header = new byte[HEADER_BYTES];
  private long recordPosition;
  private int recordBack;
  private long recordMark;

  /** Checks records of the log with this id (16 bytes). */
  public Crc32cCheck(byte[] logId) {
    crc.update(logId, 0, logId.length);
    logSeed = (int) crc.getValue();
  }

  @Override
  public void begin(long position, int slot, int back, long mark) {
    recordPosition = position;
    recordBack = back;
    recordMark = mark;
    LONG.set(header, 0, position);
    LONG.set(header, CRC_OFFSET, word(logSeed ^ slot, back));
    LONG.set(header, MARK_OFFSET, mark);
    crc.reset();
    crc.update(header, 0, HEADER_BYTES);
  }

  @Override
  public void update(byte[] source, int offset, int length) {
    crc.update(source, offset, length);
  }

  @Override
  public void update(ByteBuffer source) {
    crc.update(source);
  }

  @Override
  public void finish(MemorySegment target, long offset) {
    target.set(LONG_LE, offset, recordPosition);
    target.set(LONG_LE, offset + CRC_OFFSET, word((int) crc.getValue(), recordBack));
    target.set(LONG_LE, offset + MARK_OFFSET, recordMark);
  }

  @Override
  public boolean matches(byte[] frame, int offset, int size, int slot) {
    long stored = (long) LONG.get(frame, offset + CRC_OFFSET);
    LONG.set(frame, offset + CRC_OFFSET, word(logSeed ^ slot, (int) (stored >>> Integer.SIZE)));
    crc.reset();
    crc.update(frame, offset, size);
    LONG.set(frame, offset + CRC_OFFSET, stored);
    return (int) crc.getValue() == (int) stored;
  }

  /**
   * The CRC and the back distance as one store of eight bytes: the CRC reads eight bytes at a time,
   * and a read of bytes that were stored in two pieces has to wait until both have left the core.
   */
  private static long word(int first, int back) {
    return Integer.toUnsignedLong(first) | (long) back << Integer.SIZE;
  }

  /** The distance to the record before, as stored in the header at {@code offset}. */
  public static int back(byte[] frame, int offset) {
    return (int) INT.get(frame, offset + BACK_OFFSET);
  }

  /** The mark, as stored in the header at {@code offset}. */
  public static long mark(byte[] frame, int offset) {
    return (long) LONG.get(frame, offset + MARK_OFFSET);
  }
}
