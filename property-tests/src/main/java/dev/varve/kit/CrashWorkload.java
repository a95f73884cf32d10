package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the child of a {@link CrashRunner} appends: for each writer an endless row of appends,
 * single records and batches, each derivable from the seed, the writer and the append's number.
 *
 * @param seed where every length and every byte comes from
 * @param writers the number of threads that append at once; with more than one, records begin with
 *     their writer's number and are at least four bytes long
 * @param largestRecord the longest payload in bytes
 * @param batches whether some appends are batches
 */
public record CrashWorkload(long seed, int writers, int largestRecord, boolean batches) {
  private static final int LARGEST_BATCH = 12;

  public CrashWorkload {
    if (writers < 1 || largestRecord < Integer.BYTES) {
      throw new IllegalArgumentException(
          "writers %d, largestRecord %d".formatted(writers, largestRecord));
    }
  }

  /** The records of one append. */
  List<byte[]> payloads(int writer, long append) {
    long key = Payloads.mix(append * writers + writer);
    int count =
        batches && Payloads.number(seed, key, 3) == 0
            ? 2 + Payloads.number(seed, key + 1, LARGEST_BATCH - 1)
            : 1;
    List<byte[]> payloads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      payloads.add(payload(writer, key + 2 + i));
    }
    return payloads;
  }

  private byte[] payload(int writer, long key) {
    byte[] payload = Payloads.repeated(seed, key, length(key));
    if (writers > 1) {
      ByteBuffer.wrap(payload).putInt(writer);
    }
    return payload;
  }

  /** Mostly short, sometimes of any length: both boundaries and long appends are hit by kills. */
  private int length(long key) {
    int shortest = writers > 1 ? Integer.BYTES : 0;
    int range = Payloads.number(~seed, key, 4) == 0 ? largestRecord : Math.min(300, largestRecord);
    return shortest + Payloads.number(seed, key + 31, range - shortest + 1);
  }

  /**
   * Checks that the cursor delivers whole appends of each writer from its first one on, without a
   * gap, and returns how many of each writer.
   */
  long[] verify(RecordCursor cursor) {
    long[] appends = new long[writers];
    while (cursor.next()) {
      byte[] first = cursor.payload();
      int writer = writerOf(first);
      List<byte[]> expected = payloads(writer, appends[writer]);
      String which = "writer %d append %d".formatted(writer, appends[writer]);
      assertArrayEquals(expected.getFirst(), first, () -> which + " at " + cursor.position());
      for (byte[] payload : expected.subList(1, expected.size())) {
        assertTrue(cursor.next(), () -> which + ": the batch is there in part");
        assertArrayEquals(payload, cursor.payload(), () -> which + " at " + cursor.position());
      }
      appends[writer]++;
    }
    return appends;
  }

  private int writerOf(byte[] payload) {
    if (writers == 1) {
      return 0;
    }
    assertTrue(payload.length >= Integer.BYTES, "a record that no writer has appended");
    int writer = ByteBuffer.wrap(payload).getInt();
    assertTrue(writer >= 0 && writer < writers, "a record that no writer has appended");
    return writer;
  }
}
