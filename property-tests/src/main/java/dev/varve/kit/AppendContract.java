package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Appending single records and reading them back by position. */
interface AppendContract extends ContractPart {

  @Test
  default void anEmptyLogHasNoHeadAndEndsWhereItStarts() {
    RecordLogUnderTest log = fixture().log();
    assertEquals(-1, log.head());
    assertEquals(log.end(), log.tail());
    fixture().assertHolds(List.of());
  }

  @Test
  default void oneRecordIsBothHeadAndTail() {
    AppendedRecord only = fixture().append(7);
    assertTrue(fixture().log().end() > only.position());
    fixture().assertHolds(List.of(only));
  }

  @Test
  default void aRecordWithoutBytesIsARecord() {
    List<AppendedRecord> records = new ArrayList<>();
    for (int length : new int[] {0, 0, 1, 0}) {
      records.add(fixture().append(length));
    }
    fixture().assertHolds(records);
  }

  @Test
  default void positionsStrictlyIncreaseBelowTheEnd() {
    RecordLogUnderTest log = fixture().log();
    long last = -1;
    for (int i = 0; i < 200; i++) {
      long endBefore = log.end();
      AppendedRecord record = fixture().append(i * 5 % 97);
      assertTrue(record.position() > last, record::toString);
      assertTrue(record.position() >= endBefore, record::toString);
      assertTrue(log.end() > record.position(), record::toString);
      assertEquals(record.position(), log.head());
      last = record.position();
    }
  }

  @Test
  default void recordsOfEveryLengthAroundABlockAreReadBack() {
    List<AppendedRecord> records = new ArrayList<>();
    for (int length : lengthsAroundBlocks(fixture().traits())) {
      records.add(fixture().append(length));
    }
    fixture().assertHolds(records);
    fixture().reopen();
    fixture().assertHolds(records);
  }

  /** Each length up to five small blocks; for large blocks those near their multiples. */
  private static int[] lengthsAroundBlocks(RecordLogTraits traits) {
    int block = traits.blockSize();
    List<Integer> lengths = new ArrayList<>();
    for (int length = 0; length <= 5 * block; length++) {
      int fromBoundary = Math.min(length % block, block - length % block);
      if ((block <= 512 || length < 40 || fromBoundary < 80) && length <= traits.largestRecord()) {
        lengths.add(length);
      }
    }
    return lengths.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  default void smallRecordsBehindAFirstOneOfEveryLengthAreReadBack() {
    int block = fixture().traits().blockSize();
    List<AppendedRecord> records = new ArrayList<>();
    int largest = Math.min(block, fixture().traits().largestRecord());
    for (int length = Math.max(0, largest - 140); length <= largest; length++) {
      records.add(fixture().append(length));
      records.add(fixture().append(length % 3));
      records.add(fixture().append(7));
    }
    fixture().assertHolds(records);
  }

  @Test
  default void theLargestRecordIsReadBack() {
    int largest = fixture().traits().largestRecord();
    List<AppendedRecord> records = new ArrayList<>();
    records.add(fixture().append(3));
    records.add(fixture().append(largest));
    records.add(fixture().append(5));
    records.add(fixture().append(largest - 1));
    fixture().assertHolds(records);
    fixture().reopen();
    fixture().assertHolds(records);
  }

  @Test
  default void aRecordAboveTheLargestIsMisuseAndLeavesNoTrace() {
    List<AppendedRecord> records = new ArrayList<>(fixture().fill(3));
    RecordLogUnderTest log = fixture().log();
    long end = log.end();
    byte[] tooLong = new byte[fixture().traits().largestRecord() + 1];
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThrows(IllegalArgumentException.class, () -> log.append(tooLong));
    }
    assertEquals(end, log.end());
    records.add(fixture().append(9));
    fixture().assertHolds(records);
  }

  @Test
  default void theCallersArrayIsTheirsAgainAfterAppend() {
    byte[] payload = fixture().nextPayload(50);
    byte[] issued = payload.clone();
    RecordLogUnderTest log = fixture().log();
    long position = log.append(payload);
    payload[0]++;
    assertArrayEquals(issued, log.read(position));
    byte[] answer = log.read(position);
    answer[1]++;
    assertArrayEquals(issued, log.read(position));
  }

  @Test
  default void recordsAreReadInAnyOrder() {
    List<AppendedRecord> records = fixture().fill(300);
    Collections.shuffle(records, new Random(5));
    RecordLogUnderTest log = fixture().log();
    for (AppendedRecord record : records) {
      assertArrayEquals(record.payload(), log.read(record.position()), record::toString);
    }
  }

  @Test
  default void aPositionThatIsNoRecordsStartIsMisuse() {
    List<AppendedRecord> records = fixture().fill(40);
    RecordLogUnderTest log = fixture().log();
    for (int i = 1; i < records.size(); i++) {
      AppendedRecord record = records.get(i - 1);
      long next = records.get(i).position();
      for (long wrong : new long[] {record.position() + 1, record.position() + 8}) {
        if (wrong < next) {
          assertRefused(log, wrong);
        }
      }
    }
    fixture().assertHolds(records);
  }

  @Test
  default void aNegativePositionOrOneBeyondTheEndIsMisuse() {
    List<AppendedRecord> records = fixture().fill(5);
    RecordLogUnderTest log = fixture().log();
    long block = fixture().traits().blockSize();
    for (long wrong :
        new long[] {-1, Long.MIN_VALUE, log.end() + 100 * block, 1L << 41, Long.MAX_VALUE}) {
      assertRefused(log, wrong);
    }
    assertThrows(IllegalArgumentException.class, () -> log.read(log.end()));
    fixture().assertHolds(records);
  }

  private static void assertRefused(RecordLogUnderTest log, long position) {
    assertThrows(IllegalArgumentException.class, () -> log.read(position), "read " + position);
    assertThrows(
        IllegalArgumentException.class,
        () -> step(log.forward(position)),
        () -> "forward from " + position);
    assertThrows(
        IllegalArgumentException.class,
        () -> step(log.backward(position)),
        () -> "backward from " + position);
  }

  private static void step(RecordCursor cursor) {
    try (cursor) {
      assertFalse(cursor.next(), () -> "delivered a record at " + cursor.position());
    }
  }

  @Test
  default void syncAnswersTheDurableEnd() {
    RecordLogUnderTest log = fixture().log();
    assertEquals(log.end(), log.sync());
    for (int i = 0; i < 10; i++) {
      fixture().fill(5);
      assertEquals(log.end(), log.sync());
    }
  }
}
