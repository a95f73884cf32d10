package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Giving up the oldest records. */
interface RetentionContract extends ContractPart {

  @Test
  default void theTailMovesToWhereRecordsAreDropped() {
    List<AppendedRecord> records = fixture().fill(120);
    RecordLogUnderTest log = fixture().log();
    for (int first : new int[] {0, 1, 2, 40, 41, 90, 119}) {
      log.dropBefore(records.get(first).position());
      fixture().assertHolds(records.subList(first, records.size()));
    }
  }

  @Test
  default void droppedRecordsAreTypedErrors() {
    List<AppendedRecord> records = fixture().fill(100);
    RecordLogUnderTest log = fixture().log();
    log.dropBefore(records.get(70).position());
    Class<? extends RuntimeException> dropped = fixture().traits().dropped();
    for (AppendedRecord gone : records.subList(0, 70)) {
      long position = gone.position();
      assertThrows(dropped, () -> log.read(position), gone::toString);
      assertThrows(dropped, () -> next(log.forward(position)), gone::toString);
      assertThrows(dropped, () -> next(log.backward(position)), gone::toString);
    }
  }

  private static boolean next(RecordCursor cursor) {
    try (cursor) {
      return cursor.next();
    }
  }

  @Test
  default void droppingEverythingLeavesAnEmptyLogThatGoesOn() {
    long last = fixture().fill(50).getLast().position();
    RecordLogUnderTest log = fixture().log();
    log.dropBefore(log.end());
    fixture().assertHolds(List.of());
    fixture().reopen();
    fixture().assertHolds(List.of());
    List<AppendedRecord> later = fixture().fill(50);
    assertTrue(later.getFirst().position() > last, "positions never go back");
    fixture().assertHolds(later);
    fixture().reopen();
    fixture().assertHolds(later);
  }

  @Test
  default void whatIsDroppedStaysDroppedAfterReopening() {
    List<AppendedRecord> records = new ArrayList<>(fixture().fill(90));
    fixture().log().dropBefore(records.get(60).position());
    fixture().reopen();
    fixture().assertHolds(records.subList(60, records.size()));
    records.addAll(fixture().fill(60));
    fixture().assertHolds(records.subList(60, records.size()));
    fixture().log().dropBefore(records.get(100).position());
    fixture().reopen();
    fixture().assertHolds(records.subList(100, records.size()));
  }

  @Test
  default void recordsAreDroppedWhileOthersAreAppended() {
    List<AppendedRecord> kept = new ArrayList<>();
    for (int round = 0; round < 60; round++) {
      kept.addAll(fixture().fill(10));
      if (kept.size() > 40) {
        kept.subList(0, kept.size() - 25).clear();
        fixture().log().dropBefore(kept.getFirst().position());
      }
    }
    fixture().assertHolds(kept);
  }

  @Test
  default void aCursorThatWasOvertakenSaysSo() {
    List<AppendedRecord> records = fixture().fill(200);
    RecordLogUnderTest log = fixture().log();
    try (RecordCursor forward = log.forward();
        RecordCursor backward = log.backward(records.get(100).position())) {
      assertTrue(forward.next() && backward.next());
      log.dropBefore(records.get(190).position());
      assertEndsDropped(forward, records.subList(1, 190));
      assertEndsDropped(backward, records.subList(0, 100).reversed());
    }
  }

  /** A copy that the cursor already has may be delivered to its end, then it must say Dropped. */
  private void assertEndsDropped(RecordCursor cursor, List<AppendedRecord> mayStillCome) {
    for (AppendedRecord record : mayStillCome) {
      try {
        assertTrue(cursor.next(), "ended instead of saying that records were dropped");
      } catch (RuntimeException e) {
        assertTrue(fixture().traits().dropped().isInstance(e), e::toString);
        return;
      }
      LogFixture.assertCurrent(record, cursor);
    }
    assertThrows(fixture().traits().dropped(), cursor::next);
  }

  @Test
  default void droppingNeverSplitsABatch() {
    Assumptions.assumeTrue(fixture().traits().batches(), "this log takes no batches");
    RecordLogUnderTest log = fixture().log();
    fixture().fill(20);
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      payloads.add(fixture().nextPayload(fixture().traits().blockSize() / 4));
    }
    long first = log.appendBatch(payloads);
    List<AppendedRecord> batch = new ArrayList<>();
    try (RecordCursor cursor = log.forward(first)) {
      while (cursor.next()) {
        batch.add(new AppendedRecord(cursor.position(), payloads.get(batch.size())));
      }
    }
    log.dropBefore(batch.get(17).position());
    assertEquals(first, log.tail());
    fixture().assertHolds(batch);
    fixture().reopen();
    fixture().assertHolds(batch);
  }

  @Test
  default void droppingAtTheTailOrBeforeItChangesNothing() {
    List<AppendedRecord> records = fixture().fill(60);
    RecordLogUnderTest log = fixture().log();
    log.dropBefore(log.tail());
    fixture().assertHolds(records);
    log.dropBefore(records.get(30).position());
    log.dropBefore(log.tail());
    fixture().assertHolds(records.subList(30, 60));
  }

  @Test
  default void droppingAtAPositionThatIsNoRecordsStartIsMisuse() {
    List<AppendedRecord> records = fixture().fill(20);
    RecordLogUnderTest log = fixture().log();
    long inside = records.get(10).position() + 1;
    assertFalse(records.stream().anyMatch(record -> record.position() == inside));
    assertThrows(IllegalArgumentException.class, () -> log.dropBefore(inside));
    assertThrows(IllegalArgumentException.class, () -> log.dropBefore(-1));
    assertThrows(IllegalArgumentException.class, () -> log.dropBefore(1L << 41));
    fixture().assertHolds(records);
  }
}
