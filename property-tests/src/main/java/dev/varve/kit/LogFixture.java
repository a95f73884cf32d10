package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One test's log in its own folder, and the questions every part of the contract asks of it. */
final class LogFixture implements AutoCloseable {
  private static final long SEED = 0x7661727665L;

  private final RecordLogFactory factory;
  private final ScratchFolder folder = ScratchFolder.quick();
  private @Nullable RecordLogUnderTest log;
  private long sequence;

  LogFixture(RecordLogFactory factory) {
    this.factory = factory;
  }

  RecordLogTraits traits() {
    return factory.traits();
  }

  /** The log, opened at the first call. */
  RecordLogUnderTest log() {
    RecordLogUnderTest open = log;
    if (open == null) {
      open = factory.open(folder.path());
      log = open;
    }
    return open;
  }

  RecordLogUnderTest reopen() {
    log().close();
    log = null;
    return log();
  }

  /** Appends the next payload of the fixture's stream in this length. */
  AppendedRecord append(int length) {
    byte[] payload = nextPayload(length);
    return new AppendedRecord(log().append(payload), payload);
  }

  byte[] nextPayload(int length) {
    return Payloads.bytes(SEED, sequence++, length);
  }

  /** Appends records of many lengths: empty, small, around a block, and longer than a block. */
  List<AppendedRecord> fill(int count) {
    List<AppendedRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(append(mixedLength()));
    }
    return records;
  }

  private int mixedLength() {
    int block = traits().blockSize();
    int around = block - 40 + Payloads.number(SEED, sequence, 48);
    int length =
        switch (Payloads.number(~SEED, sequence, 8)) {
          case 0 -> 0;
          case 1 -> Math.max(0, around);
          case 2 -> Payloads.number(SEED, sequence, 3 * block);
          default -> Payloads.number(SEED, sequence, 100);
        };
    return Math.min(length, traits().largestRecord());
  }

  /** The log holds exactly these records, whichever way it is asked. */
  void assertHolds(List<AppendedRecord> expected) {
    RecordLogUnderTest open = log();
    try (RecordCursor forward = open.forward()) {
      assertDelivers(forward, expected);
    }
    try (RecordCursor backward = open.backward()) {
      assertDelivers(backward, expected.reversed());
    }
    for (AppendedRecord record : expected) {
      assertArrayEquals(record.payload(), open.read(record.position()), record::toString);
    }
    assertEquals(expected.isEmpty() ? -1 : expected.getLast().position(), open.head(), "head");
    assertEquals(
        expected.isEmpty() ? open.end() : expected.getFirst().position(), open.tail(), "tail");
  }

  /** The cursor delivers exactly these records and is at its end then, and stays there. */
  static void assertDelivers(RecordCursor cursor, List<AppendedRecord> expected) {
    for (AppendedRecord record : expected) {
      assertTrue(cursor.next(), () -> "the cursor ended before " + record);
      assertCurrent(record, cursor);
    }
    assertFalse(cursor.next(), "a record that was never appended");
    assertFalse(cursor.next(), "a cursor at its end stays there");
  }

  static void assertCurrent(AppendedRecord expected, RecordCursor cursor) {
    assertEquals(expected.position(), cursor.position(), "position");
    assertArrayEquals(expected.payload(), cursor.payload(), expected::toString);
  }

  @Override
  public void close() {
    try (folder) {
      RecordLogUnderTest open = log;
      if (open != null) {
        open.close();
      }
    }
  }
}
