package dev.varve.driver;

import dev.varve.StorageException;
import dev.varve.codec.EventFrame;
import dev.varve.segment.RecordView;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** An event as a record of a segment log: {@code u32 key | content}, little-endian. */
final class EventRecord {
  static final int KEY_BYTES = Integer.BYTES;

  private static final ValueLayout.OfInt KEY =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final String SUPPORTED =
      "records of a key from 1 on and a multiple of 8 bytes, at most "
          + EventFrame.MAX_CONTENT_BYTES;

  private EventRecord() {}

  /**
   * Key of the event that a record is.
   *
   * @throws StorageException.UnsupportedFormat when it is none: its check held, so something else
   *     than a driver has appended it
   */
  static long key(RecordView record, String folder) {
    int length = record.length();
    if (length < KEY_BYTES || !EventFrame.allows(length - KEY_BYTES)) {
      throw foreign(record, folder, "%d bytes".formatted(length));
    }
    int key = record.memory().get(KEY, record.payloadOffset());
    if (key == 0) {
      throw foreign(record, folder, "key 0");
    }
    return Integer.toUnsignedLong(key);
  }

  private static StorageException foreign(RecordView record, String folder, String what) {
    return new StorageException.UnsupportedFormat(
        folder, "a record of %s at position %d".formatted(what, record.position()), SUPPORTED);
  }
}
