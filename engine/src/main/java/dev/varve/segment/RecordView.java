package dev.varve.segment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The record that a {@link Cursor} or a {@link RecordReader} stands on: a private, verified copy,
 * valid until it moves. Confined to one thread. Reading its fields allocates nothing.
 */
public abstract sealed class RecordView permits Cursor, RecordReader {
  private static final MemorySegment NONE = MemorySegment.ofArray(new byte[0]);

  private MemorySegment memory = NONE;
  private long payloadOffset;
  private int length = -1;
  private long position;

  RecordView() {}

  final void show(long at, MemorySegment bytes, long offset, int payloadBytes) {
    position = at;
    memory = bytes;
    payloadOffset = offset;
    length = payloadBytes;
  }

  final void showNothing() {
    length = -1;
  }

  private void checkRecord() {
    if (length < 0) {
      throw new IllegalStateException("there is no current record");
    }
  }

  /** The record's position: its byte address in the log. */
  public final long position() {
    checkRecord();
    return position;
  }

  /** Payload bytes, 0 for an empty record. */
  public final int length() {
    checkRecord();
    return length;
  }

  /** Memory that holds the payload from {@link #payloadOffset()} on for {@link #length()} bytes. */
  public final MemorySegment memory() {
    checkRecord();
    return memory;
  }

  /** Where in {@link #memory()} the payload starts. */
  public final long payloadOffset() {
    checkRecord();
    return payloadOffset;
  }

  /** The payload as a slice, which is allocated; its bytes change when this moves. */
  public final MemorySegment payload() {
    checkRecord();
    return memory.asSlice(payloadOffset, length);
  }

  /** A copy of the payload. */
  public final byte[] toByteArray() {
    return payload().toArray(ValueLayout.JAVA_BYTE);
  }

  /** Copies the payload. */
  public final void copyTo(MemorySegment target, long offset) {
    checkRecord();
    MemorySegment.copy(memory, payloadOffset, target, offset, length);
  }
}
