package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Walking the log in both directions from every place where a walk may start. */
interface CursorContract extends ContractPart {

  @Test
  default void forwardFromEachRecordStartsWithIt() {
    List<AppendedRecord> records = fixture().fill(60);
    for (int i = 0; i < records.size(); i++) {
      try (RecordCursor cursor = fixture().log().forward(records.get(i).position())) {
        LogFixture.assertDelivers(cursor, records.subList(i, records.size()));
      }
    }
  }

  @Test
  default void backwardFromEachRecordStartsWithIt() {
    List<AppendedRecord> records = fixture().fill(60);
    for (int i = 0; i < records.size(); i++) {
      try (RecordCursor cursor = fixture().log().backward(records.get(i).position())) {
        LogFixture.assertDelivers(cursor, records.subList(0, i + 1).reversed());
      }
    }
  }

  @Test
  default void forwardFromTheEndDeliversWhatIsAppendedLater() {
    fixture().fill(5);
    RecordLogUnderTest log = fixture().log();
    try (RecordCursor cursor = log.forward(log.end())) {
      assertFalse(cursor.next());
      for (AppendedRecord later : fixture().fill(30)) {
        assertTrue(cursor.next(), later::toString);
      }
      assertFalse(cursor.next());
    }
  }

  @Test
  default void backwardFromTheEndStartsWithTheNewest() {
    List<AppendedRecord> records = fixture().fill(20);
    RecordLogUnderTest log = fixture().log();
    try (RecordCursor cursor = log.backward(log.end())) {
      LogFixture.assertDelivers(cursor, records.reversed());
    }
  }

  @Test
  default void whatWasOnceTheEndIsAStart() {
    RecordLogUnderTest log = fixture().log();
    List<Long> ends = new ArrayList<>();
    List<AppendedRecord> records = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      ends.add(log.end());
      records.addAll(fixture().fill(1));
    }
    for (int i = 0; i < records.size(); i++) {
      AppendedRecord next = records.get(i);
      try (RecordCursor cursor = log.forward(ends.get(i))) {
        assertTrue(cursor.next(), next::toString);
        LogFixture.assertCurrent(next, cursor);
      }
    }
  }

  @Test
  default void anEmptyLogIsWalkedFromItsEnd() {
    RecordLogUnderTest log = fixture().log();
    try (RecordCursor forward = log.forward(log.end());
        RecordCursor backward = log.backward(log.end());
        RecordCursor early = log.forward()) {
      assertFalse(forward.next());
      assertFalse(backward.next());
      assertFalse(early.next());
      AppendedRecord first = fixture().append(4);
      assertTrue(forward.next());
      LogFixture.assertCurrent(first, forward);
      assertTrue(early.next());
      LogFixture.assertCurrent(first, early);
    }
  }

  @Test
  default void aForwardCursorGoesOnAfterItsEnd() {
    try (RecordCursor cursor = fixture().log().forward()) {
      for (int round = 0; round < 100; round++) {
        assertFalse(cursor.next());
        for (AppendedRecord record : fixture().fill(1 + round % 3)) {
          assertTrue(cursor.next(), record::toString);
          LogFixture.assertCurrent(record, cursor);
        }
      }
    }
  }

  @Test
  default void aBackwardCursorIsNotDisturbedByAppends() {
    List<AppendedRecord> records = fixture().fill(50);
    try (RecordCursor cursor = fixture().log().backward()) {
      for (AppendedRecord record : records.reversed()) {
        assertTrue(cursor.next(), record::toString);
        LogFixture.assertCurrent(record, cursor);
        fixture().fill(1);
      }
      assertFalse(cursor.next());
    }
  }

  @Test
  default void cursorsDoNotDisturbOneAnother() {
    List<AppendedRecord> records = fixture().fill(50);
    RecordLogUnderTest log = fixture().log();
    try (RecordCursor one = log.forward();
        RecordCursor two = log.forward(records.get(10).position());
        RecordCursor three = log.backward()) {
      for (int i = 0; i < 40; i++) {
        assertTrue(one.next() && two.next() && three.next());
        LogFixture.assertCurrent(records.get(i), one);
        LogFixture.assertCurrent(records.get(i + 10), two);
        LogFixture.assertCurrent(records.get(records.size() - 1 - i), three);
        AppendedRecord read = records.get(i * 7 % records.size());
        assertArrayEquals(read.payload(), log.read(read.position()));
      }
    }
  }
}
