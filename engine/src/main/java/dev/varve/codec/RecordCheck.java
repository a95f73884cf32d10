package dev.varve.codec;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The 24-byte header of a record and the check in it: {@link Crc32cCheck} or {@link Md5Check}.
 *
 * <pre>
 *   0        8                       24
 *   +--------+-----------------------+--- ... ---+
 *   | i64 LE |  check field, 16 B    |  payload  |
 *   |position|                       |           |
 *   +--------+-----------------------+--- ... ---+
 * </pre>
 *
 * <p>Writing is {@code begin}, any number of {@code update}s with the payload's pieces in order,
 * then {@code finish}. Instances are confined to one thread at a time. Payloads are never read from
 * mapped memory here: copy out, then check.
 */
public sealed interface RecordCheck permits Crc32cCheck, Md5Check {
  /** Bytes of a header. */
  int HEADER_BYTES = 24;

  /**
   * Starts a record.
   *
   * @param position its byte address in the log
   * @param slot its size slot, flags included
   * @param back distance in bytes to the record before it, 0 for the first
   * @param mark everything below this batch end was durable before this record was encoded
   */
  void begin(long position, int slot, int back, long mark);

  /** Covers payload bytes of an array. */
  void update(byte[] source, int offset, int length);

  /** Covers the payload bytes between the buffer's position and limit, and moves the position. */
  void update(ByteBuffer source);

  /** Writes the header of the record that was covered. */
  void finish(MemorySegment target, long offset);

  /**
   * Whether the check of a stored record holds.
   *
   * @param frame an array that holds header and payload from {@code offset}; the same when it
   *     returns
   * @param size bytes of header and payload
   * @param slot the size slot found with it
   */
  boolean matches(byte[] frame, int offset, int size, int slot);
}
