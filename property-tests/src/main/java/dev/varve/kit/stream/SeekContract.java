package dev.varve.kit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.EventBatch;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.Payloads;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seeking by key may be less precise than possible, never late. */
interface SeekContract extends StreamPart {
  /** As many as the suite of the format's first implementation seeks over. */
  int EVENTS = 1024;

  /** Appends events in batches, so that a stream over blobs rolls now and then. */
  private List<StreamEvent> appendKeys(long[] keys) {
    StorageDriver driver = fixture().driver();
    EventBatch batch = new EventBatch();
    for (int i = 0; i < keys.length; i++) {
      batch.add(keys[i], StreamEvent.contentOf(keys[i], 8 * (i % 30)));
      if (batch.count() == 1 + i % 20) {
        StreamFixture.accepted(driver.append(driver.end(), batch));
        batch.clear();
      }
    }
    StreamFixture.accepted(driver.append(driver.end(), batch));
    return StreamFixture.read(driver);
  }

  /** No event of this key or a larger one lies between where was to be sought and the answer. */
  private static void assertNotLate(
      StorageDriver driver, List<StreamEvent> events, long key, long from) {
    long answer = driver.seek(key, from);
    assertTrue(answer >= from, () -> "sought backwards, from %d to %d".formatted(from, answer));
    for (StreamEvent event : events) {
      if (event.position() >= from && event.key() >= key) {
        assertTrue(
            answer <= event.position(),
            () -> "seek of key %d from %d is late for %s: %d".formatted(key, from, event, answer));
        return;
      }
    }
    assertTrue(answer <= driver.end(), () -> "sought beyond the end, to " + answer);
  }

  private static void assertReadable(StorageDriver driver, List<StreamEvent> events, long key) {
    long answer = driver.seek(key, 0);
    List<StreamEvent> found = StreamFixture.read(driver, answer, StreamFixture.ROOMY_BYTES);
    StreamFixture.assertSame(events.subList(events.size() - found.size(), events.size()), found);
    assertEquals(
        events.stream().filter(event -> event.key() >= key).count(),
        found.stream().filter(event -> event.key() >= key).count());
  }

  @Test
  default void seekNeverGoesPastTheKey() {
    long[] keys = new long[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      keys[i] = 2L + 3L * i;
    }
    List<StreamEvent> events = appendKeys(keys);
    StorageDriver driver = fixture().driver();
    for (long key = 0; key < 3L * EVENTS + 5; key++) {
      assertNotLate(driver, events, key, 0);
    }
    for (long key = 0; key < 3L * EVENTS + 5; key += 97) {
      assertReadable(driver, events, key);
    }
  }

  @Test
  default void seekNeverGoesPastTheKeyAlsoAfterTheStreamIsOpenedAgain() {
    long[] keys = new long[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      keys[i] = 1 + (long) (i / 2);
    }
    List<StreamEvent> events = appendKeys(keys);
    StorageDriver driver = fixture().reopen();
    for (long key = 0; key < EVENTS; key += 5) {
      assertNotLate(driver, events, key, 0);
      assertNotLate(driver, events, key, events.get((int) key).position());
    }
  }

  @Test
  default void keysInAnyOrderAreNeverMissed() {
    long[] keys = new long[300];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = 1L + Payloads.number(3, i, i % 50 == 0 ? 2_000_000_000 : 200);
    }
    List<StreamEvent> events = appendKeys(keys);
    StorageDriver driver = fixture().driver();
    for (int i = 0; i < 300; i += 3 * fixture().traits().stride()) {
      for (int j = 0; j < 300; j += 11) {
        assertNotLate(driver, events, keys[j] + i % 3 - 1, events.get(i).position());
      }
    }
  }

  @Test
  default void keysThatDescendAreNeverMissed() {
    long[] keys = new long[200];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = 1_000 - 3L * i;
    }
    List<StreamEvent> events = appendKeys(keys);
    StorageDriver driver = fixture().driver();
    for (int i = 0; i < events.size(); i += fixture().traits().stride()) {
      for (long key = 300; key < 1_100; key += 49) {
        assertNotLate(driver, events, key, events.get(i).position());
      }
    }
  }

  @Test
  default void keysAreUnsigned() {
    List<StreamEvent> events =
        appendKeys(new long[] {1, 0x7FFF_FFFFL, 0x8000_0000L, 0x8000_0001L, 0xFFFF_FFFFL});
    StorageDriver driver = fixture().driver();
    for (StreamEvent from : events) {
      for (StreamEvent event : events) {
        assertNotLate(driver, events, event.key(), from.position());
        assertNotLate(driver, events, event.key() - 1, from.position());
      }
    }
  }

  @Test
  default void seekingFromTheEndStaysThere() {
    fixture().fill(10);
    StorageDriver driver = fixture().driver();
    long end = driver.end();
    for (long key : new long[] {0, 1, 5, EventBatch.MAX_KEY}) {
      assertEquals(end, driver.seek(key, end));
    }
  }

  @Test
  default void whatIsAppendedAfterASeekIsNotMissedFromItsAnswer() {
    StorageDriver driver = fixture().driver();
    fixture().append(5, 8);
    long answer = driver.seek(9, 0);
    StreamEvent late = fixture().append(9, 8);
    assertTrue(answer <= late.position());
    assertTrue(driver.seek(9, answer) <= late.position());
  }

  @Test
  default void aKeyThatNoEventCanHaveIsMisuse() {
    fixture().fill(2);
    StorageDriver driver = fixture().driver();
    for (long wrong : new long[] {-1, Long.MIN_VALUE, EventBatch.MAX_KEY + 1, Long.MAX_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> driver.seek(wrong, 0));
    }
  }
}
