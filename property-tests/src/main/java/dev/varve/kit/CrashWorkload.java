package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the child of a {@link CrashRunner} appends: for each writer an endless row of appends,
 * single records and batches, each derivable from the seed, the writer and the append's number; and
 * a sync now and then.
 *
 * @param seed where every length and every byte comes from
 * @param writers the number of threads that append to each log at once; with more than one, records
 *     begin with their writer's number
 * @param largestRecord the longest payload in bytes
 * @param batches whether some appends are batches
 * @param logs how many logs the child has open at once, in folders of their own if there are
 *     several
 * @param retention whether each log's writer, a single one then, gives up what it appended a while
 *     ago; records begin with their writer's and their append's number then
 */
public record CrashWorkload(
    long seed, int writers, int largestRecord, boolean batches, int logs, boolean retention) {
  private static final int LARGEST_BATCH = 12;
  private static final int SYNC_EVERY = 8;
  private static final int DROP_EVERY = 10;
  private static final int KEPT_APPENDS = 24;
  private static final int LONGEST_TAG = Integer.BYTES + Long.BYTES;

  public CrashWorkload {
    if (writers < 1 || logs < 1 || largestRecord < LONGEST_TAG || (retention && writers > 1)) {
      throw new IllegalArgumentException(
          "writers %d, logs %d, largestRecord %d, retention %b"
              .formatted(writers, logs, largestRecord, retention));
    }
  }

  /** Appends to one log that keeps everything. */
  public CrashWorkload(long seed, int writers, int largestRecord, boolean batches) {
    this(seed, writers, largestRecord, batches, 1, false);
  }

  /** The writers of all logs together; they are numbered through. */
  int threads() {
    return writers * logs;
  }

  int logOf(int writer) {
    return writer % logs;
  }

  private long key(int writer, long append) {
    return Payloads.mix(append * threads() + writer);
  }

  /** The records of one append. */
  List<byte[]> payloads(int writer, long append) {
    long key = key(writer, append);
    int count =
        batches && Payloads.number(seed, key, 3) == 0
            ? 2 + Payloads.number(seed, key + 1, LARGEST_BATCH - 1)
            : 1;
    List<byte[]> payloads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      payloads.add(payload(writer, append, key + 2 + i));
    }
    return payloads;
  }

  /** Whether the writer syncs its log after this append. */
  boolean syncsAfter(int writer, long append) {
    return Payloads.number(seed, key(writer, append) + 57, SYNC_EVERY) == 0;
  }

  /** The append of the writer's that its log begins with after this one; negative for no change. */
  long beginningAfter(long append) {
    return retention && append % DROP_EVERY == 0 ? append - KEPT_APPENDS : -1;
  }

  private int tagBytes() {
    return retention ? LONGEST_TAG : writers > 1 ? Integer.BYTES : 0;
  }

  private byte[] payload(int writer, long append, long key) {
    byte[] payload = Payloads.repeated(seed, key, length(key));
    ByteBuffer tag = ByteBuffer.allocate(LONGEST_TAG).putInt(writer).putLong(append);
    System.arraycopy(tag.array(), 0, payload, 0, tagBytes());
    return payload;
  }

  /** Mostly short, sometimes of any length: both boundaries and long appends are hit by kills. */
  private int length(long key) {
    int shortest = tagBytes();
    int range = Payloads.number(~seed, key, 4) == 0 ? largestRecord : Math.min(300, largestRecord);
    return shortest + Payloads.number(seed, key + 31, range - shortest + 1);
  }

  /**
   * Checks that the cursor delivers whole appends of each writer of the log, without a gap: from
   * its first one on, or with retention from any.
   *
   * @param first set to the number of each writer's first append that is there
   * @param next set to the number behind the last
   */
  void verify(int log, RecordCursor cursor, long[] first, long[] next) {
    boolean[] seen = new boolean[threads()];
    while (cursor.next()) {
      byte[] record = cursor.payload();
      int writer = writerOf(log, record);
      if (!seen[writer]) {
        seen[writer] = true;
        first[writer] = retention ? ByteBuffer.wrap(record).getLong(Integer.BYTES) : 0;
        next[writer] = first[writer];
      }
      verifyAppend(writer, next[writer], record, cursor);
      next[writer]++;
    }
  }

  private void verifyAppend(int writer, long append, byte[] record, RecordCursor cursor) {
    String which = "writer %d append %d".formatted(writer, append);
    List<byte[]> expected = payloads(writer, append);
    assertArrayEquals(expected.getFirst(), record, () -> which + " at " + cursor.position());
    for (byte[] payload : expected.subList(1, expected.size())) {
      assertTrue(cursor.next(), () -> which + ": the batch is there in part");
      assertArrayEquals(payload, cursor.payload(), () -> which + " at " + cursor.position());
    }
  }

  private int writerOf(int log, byte[] record) {
    if (tagBytes() == 0) {
      return log;
    }
    assertTrue(record.length >= tagBytes(), "a record that no writer has appended");
    int writer = ByteBuffer.wrap(record).getInt();
    assertTrue(writer >= 0 && writer < threads(), "a record that no writer has appended");
    assertEquals(log, logOf(writer), () -> "a record of writer %d".formatted(writer));
    return writer;
  }

  /** The child's arguments, read by {@link #parse}. */
  List<String> arguments() {
    return List.of(
        Long.toString(seed),
        Integer.toString(writers),
        Integer.toString(largestRecord),
        Boolean.toString(batches),
        Integer.toString(logs),
        Boolean.toString(retention));
  }

  static CrashWorkload parse(String... arguments) {
    return new CrashWorkload(
        Long.parseLong(arguments[0]),
        Integer.parseInt(arguments[1]),
        Integer.parseInt(arguments[2]),
        Boolean.parseBoolean(arguments[3]),
        Integer.parseInt(arguments[4]),
        Boolean.parseBoolean(arguments[5]));
  }
}
