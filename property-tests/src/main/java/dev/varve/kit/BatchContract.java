package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Batches: one position, one order, all or nothing. */
interface BatchContract extends ContractPart {

  @Test
  default void aBatchOfOneIsARecord() {
    byte[] payload = fixture().nextPayload(11);
    long position = fixture().log().appendBatch(List.of(payload));
    fixture().assertHolds(List.of(new AppendedRecord(position, payload)));
  }

  @Test
  default void anEmptyBatchIsMisuse() {
    List<AppendedRecord> records = fixture().fill(2);
    RecordLogUnderTest log = fixture().log();
    long end = log.end();
    assertThrows(IllegalArgumentException.class, () -> log.appendBatch(List.of()));
    assertEquals(end, log.end());
    fixture().assertHolds(records);
  }

  @Test
  default void batchesKeepTheirOrderAmongSingleRecords() {
    assumeBatches();
    List<AppendedRecord> records = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      records.addAll(fixture().fill(2));
      records.addAll(appendBatch(1 + round * 3, round * 11));
    }
    fixture().assertHolds(records);
    fixture().reopen();
    fixture().assertHolds(records);
  }

  @Test
  default void aBatchSpansManyBlocks() {
    assumeBatches();
    int block = fixture().traits().blockSize();
    List<AppendedRecord> records = new ArrayList<>(fixture().fill(1));
    int count = Math.min(1000, fixture().traits().largestRecord() / 2 / 100);
    records.addAll(appendBatch(count, 60));
    records.addAll(
        appendBatch(3, Math.min(block + block / 2, fixture().traits().largestRecord() / 8)));
    records.addAll(fixture().fill(1));
    fixture().assertHolds(records);
  }

  @Test
  default void aBatchAboveTheLargestIsMisuseAndLeavesNoTrace() {
    List<AppendedRecord> records = new ArrayList<>(fixture().fill(3));
    RecordLogUnderTest log = fixture().log();
    long end = log.end();
    byte[] largest = new byte[fixture().traits().largestRecord()];
    assertThrows(
        IllegalArgumentException.class,
        () -> log.appendBatch(List.of(new byte[3], largest, largest)));
    if (!fixture().traits().batches()) {
      List<byte[]> two = List.of(new byte[1], new byte[2]);
      assertThrows(IllegalArgumentException.class, () -> log.appendBatch(two));
    }
    assertEquals(end, log.end());
    records.add(fixture().append(9));
    fixture().assertHolds(records);
  }

  @Test
  default void aFollowerNeverStopsInsideABatch() {
    assumeBatches();
    RecordLogUnderTest log = fixture().log();
    int batches = 300;
    int size = 4;
    Background appender =
        Background.start(
            "batch appender",
            () -> {
              for (int i = 0; i < batches; i++) {
                log.appendBatch(Collections.nCopies(size, Payloads.bytes(1, i, i % 90)));
              }
            });
    try (RecordCursor follower = log.forward()) {
      long seen = 0;
      while (seen < (long) batches * size) {
        if (follower.next()) {
          seen++;
        } else {
          assertEquals(0, seen % size, "a batch was shown in part");
          assertTrue(!appender.failed(), "the appender failed");
          Thread.onSpinWait();
        }
      }
    } finally {
      appender.join();
    }
  }

  private void assumeBatches() {
    Assumptions.assumeTrue(fixture().traits().batches(), "this log takes no batches");
  }

  private List<AppendedRecord> appendBatch(int count, int length) {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      payloads.add(fixture().nextPayload(i % 4 == 3 ? 0 : length));
    }
    RecordLogUnderTest log = fixture().log();
    long first = log.appendBatch(payloads);
    List<AppendedRecord> records = new ArrayList<>();
    try (RecordCursor cursor = log.forward(first)) {
      for (byte[] payload : payloads) {
        assertTrue(cursor.next(), "the batch is visible when append returns");
        records.add(new AppendedRecord(cursor.position(), payload));
      }
    }
    assertEquals(first, records.getFirst().position());
    return records;
  }
}
