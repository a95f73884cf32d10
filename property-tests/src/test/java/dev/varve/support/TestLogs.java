package dev.varve.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.segment.Batch;
import dev.varve.segment.Cursor;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import java.util.ArrayList;
import java.util.List;

/** Logs of the tests: their options, and what is in them. */
public final class TestLogs {
  /** Block size of the tiny geometry in bytes: the smallest that there is. */
  public static final int TINY_BLOCK = 256;

  /** Segment size of the tiny geometry in bytes: two blocks. */
  public static final int TINY_SEGMENT = 2 * TINY_BLOCK;

  /** The longest record of the tiny geometry in bytes, spread over some 150 segments. */
  public static final int TINY_LIMIT = 1 << 16;

  /** What a record of the seed's format and its slot take beside the payload, and a terminator. */
  private static final int WHOLE_RECORD_OVERHEAD = 24 + 4 + 4;

  private TestLogs() {}

  /** Two blocks of 256 bytes per segment: every boundary is a few records away. */
  public static LogOptions tiny() {
    return LogOptions.defaults()
        .withBlockSize(TINY_BLOCK)
        .withSegmentSize(TINY_SEGMENT)
        .withBatchLimit(TINY_LIMIT)
        .withPreparedSegments(2);
  }

  /** The tiny geometry without durability: the quickest log there is. */
  public static LogOptions tinyUnsynced() {
    return tiny().withDurability(Durability.NONE);
  }

  /** The longest payload that a block holds as a whole record. */
  public static int longestWhole(int blockSize) {
    return blockSize - WHOLE_RECORD_OVERHEAD;
  }

  /** Appends a derivable payload and remembers it. */
  public static AppendedRecord append(SegmentLog log, long seed, long sequence, int length) {
    byte[] payload = Payloads.bytes(seed, sequence, length);
    return new AppendedRecord(log.append(payload), payload);
  }

  /** Appends records of 0 to {@code longest} bytes. */
  public static List<AppendedRecord> fill(SegmentLog log, long seed, int count, int longest) {
    List<AppendedRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(append(log, seed, i, Payloads.number(seed, i, longest + 1)));
    }
    return records;
  }

  /** Appends the payloads as one batch and returns them with the positions they got. */
  public static List<AppendedRecord> appendBatch(SegmentLog log, List<byte[]> payloads) {
    Batch batch = new Batch();
    payloads.forEach(batch::add);
    long first = log.append(batch);
    List<AppendedRecord> records = new ArrayList<>();
    try (Cursor cursor = log.forward(first)) {
      for (byte[] payload : payloads) {
        assertTrue(cursor.next(), "the batch is visible when append returns");
        assertArrayEquals(payload, cursor.toByteArray());
        records.add(new AppendedRecord(cursor.position(), payload));
      }
    }
    assertEquals(first, records.getFirst().position());
    return records;
  }

  /** All records of the log, oldest first. */
  public static List<AppendedRecord> content(SegmentLog log) {
    try (Cursor cursor = log.forward()) {
      List<AppendedRecord> records = new ArrayList<>();
      while (cursor.next()) {
        records.add(new AppendedRecord(cursor.position(), cursor.toByteArray()));
      }
      return records;
    }
  }

  /** The log holds exactly these records, whichever way it is asked, and verifies as whole. */
  public static void assertHolds(List<AppendedRecord> expected, SegmentLog log) {
    try (Cursor forward = log.forward();
        Cursor backward = log.backward()) {
      assertDelivers(forward, expected);
      assertDelivers(backward, expected.reversed());
    }
    for (AppendedRecord record : expected) {
      assertArrayEquals(record.payload(), log.read(record.position()), record::toString);
    }
    assertEquals(expected.isEmpty() ? -1 : expected.getLast().position(), log.head(), "head");
    assertEquals(
        expected.isEmpty() ? log.end() : expected.getFirst().position(), log.tail(), "tail");
    assertEquals(List.of(), log.verify().damages());
    assertEquals(expected.size(), log.verify().records(), "records that verify() saw");
  }

  /** The cursor delivers exactly these records and is at its end then. */
  public static void assertDelivers(Cursor cursor, List<AppendedRecord> expected) {
    for (AppendedRecord record : expected) {
      assertTrue(cursor.next(), () -> "the cursor ended before " + record);
      assertEquals(record.position(), cursor.position(), "position");
      assertArrayEquals(record.payload(), cursor.toByteArray(), record::toString);
    }
    assertFalse(cursor.next(), "a record that was never appended");
  }
}
