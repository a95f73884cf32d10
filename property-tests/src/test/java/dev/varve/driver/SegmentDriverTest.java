package dev.varve.driver;

import static dev.varve.driver.Streams.appended;
import static dev.varve.driver.Streams.assertHolds;
import static dev.varve.driver.Streams.event;
import static dev.varve.driver.Streams.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.driver.Streams.Event;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.CheckKind;
import dev.varve.segment.Durability;
import dev.varve.segment.NoSuchRecordException;
import dev.varve.segment.SegmentLog;
import dev.varve.support.TestLogs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stream in a segment log does beyond the contract of all drivers. */
final class SegmentDriverTest {
  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("stream");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private SegmentDriver tiny() {
    return SegmentDriver.open(folder, TestLogs.tiny());
  }

  @Test
  void theDefaultSurvivesALossOfPower() {
    try (SegmentDriver driver = SegmentDriver.open(folder)) {
      long end = appended(driver, event(1, 0, 8)).end();
      assertEquals(end, driver.end());
    }
    try (SegmentLog log = SegmentLog.open(folder)) {
      assertEquals(Durability.SYNC, log.options().durability());
      assertEquals(log.end(), log.durableEnd());
    }
  }

  @Test
  void anEventIsARecordOfKeyAndContent() {
    try (SegmentDriver driver = SegmentDriver.open(folder)) {
      byte[] content = {1, 2, 3, 4, 5, 6, 7, 8};
      assertEquals(
          new Append.Appended(0, 36), driver.append(0, EventBatch.of(0x01020384L, content)));
    }
    try (SegmentLog log = SegmentLog.open(folder)) {
      assertArrayEquals(new byte[] {(byte) 0x84, 3, 2, 1, 1, 2, 3, 4, 5, 6, 7, 8}, log.read(0));
    }
  }

  @Test
  void reopeningGivesTheSameAnswers() {
    List<Event> events = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      try (SegmentDriver driver = tiny()) {
        assertHolds(events, driver);
        for (int i = 0; i < 20; i++) {
          events.addAll(Streams.append(driver, 1 + i % 3, events.size()));
        }
        assertHolds(events, driver);
      }
    }
  }

  @Test
  void manyReadersGoOnWhereTheyAreBehindSixteenGibibytes() {
    long first = 1L << 34;
    try (SegmentDriver driver =
        SegmentDriver.open(folder, TestLogs.tiny().withFirstPosition(first))) {
      List<Event> events = Streams.append(driver, 40, 0);
      EventBuffer room = new EventBuffer(4096);
      for (Event event : events) {
        driver.read(event.position(), room);
        assertEquals(event, Streams.events(room).getFirst());
      }
    }
  }

  @Test
  void eventsLargerThanASegmentAreReadAndAskForTheRoomTheyNeed() {
    try (SegmentDriver driver = tiny()) {
      Event large = appendedAt(driver, 0, event(9, 1, 524_280));
      BufferTooSmallException refused =
          assertThrows(
              BufferTooSmallException.class, () -> driver.read(0, new EventBuffer(1 << 16)));
      assertEquals(524_284, refused.neededBytes());
      EventBuffer buffer = new EventBuffer(refused.neededBytes());
      assertEquals(driver.end(), driver.read(0, buffer));
      assertEquals(List.of(large), Streams.events(buffer));
    }
  }

  private static Event appendedAt(SegmentDriver driver, long expected, Event event) {
    EventBatch batch = EventBatch.of(event.key(), event.content());
    Append.Appended done = (Append.Appended) driver.append(expected, batch);
    return event.at(done.position());
  }

  @Test
  void aBatchLargerThanTheLogsBatchLimitIsTakenAsByAnyDriver() {
    byte[] content = new byte[1 << 16];
    EventBatch batch = new EventBatch();
    for (int i = 1; i <= 20; i++) {
      batch.add(i, content);
    }
    try (SegmentDriver driver =
        SegmentDriver.open(folder, TestLogs.tinyUnsynced().withSegmentSize(1 << 16))) {
      assertTrue(driver.append(0, batch) instanceof Append.Appended);
      assertEquals(20, read(driver, 0).size());
    }
  }

  @Test
  void everyFormerEndIsAPositionToReadFrom() {
    try (SegmentDriver driver = tiny()) {
      List<Long> ends = new ArrayList<>(List.of(0L));
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        events.addAll(Streams.append(driver, 1, i));
        ends.add(driver.end());
      }
      for (int i = 0; i < ends.size(); i++) {
        assertEquals(events.subList(i, events.size()), read(driver, ends.get(i)), "end " + i);
      }
    }
  }

  @Test
  void positionsThatAreNoEventsAreRefused() {
    try (SegmentDriver driver = tiny()) {
      appended(driver, event(1, 0, 400));
      appended(driver, event(2, 0, 8));
      EventBuffer buffer = new EventBuffer(1024);
      assertEquals(
          "position must not be negative: -1",
          assertThrows(IllegalArgumentException.class, () -> driver.read(-1, buffer)).getMessage());
      assertThrows(IllegalArgumentException.class, () -> driver.seek(1, -1));
      assertThrows(IllegalArgumentException.class, () -> driver.append(-1, new EventBatch()));
      long behind = driver.end() + 1;
      assertEquals(
          "position %d is no event's: it is behind the end at %d".formatted(behind, behind - 1),
          assertThrows(IllegalArgumentException.class, () -> driver.read(behind, buffer))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> driver.seek(1, behind));
      assertThrows(NoSuchRecordException.class, () -> driver.read(1, buffer));
      assertThrows(NoSuchRecordException.class, () -> driver.read(256, buffer));
      assertEquals(0, buffer.count());
    }
  }

  @Test
  void keysToSeekAreThoseOfEventsAndZero() {
    try (SegmentDriver driver = tiny()) {
      appended(driver, event(0xFFFF_FFFFL, 0, 8));
      assertEquals(0xFFFF_FFFFL, driver.lastKey());
      assertEquals(0, driver.seek(0, 0));
      assertEquals(0, driver.seek(0xFFFF_FFFFL, 0));
      assertEquals(
          "a key to seek is from 0 to 4294967295, not 4294967296",
          assertThrows(IllegalArgumentException.class, () -> driver.seek(1L << 32, 0))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> driver.seek(-1, 0));
    }
  }

  @Test
  void aLogOfMd5ChecksTakesSingleEventsThatFitABlock() {
    try (SegmentDriver driver =
        SegmentDriver.open(folder, TestLogs.tiny().withCheck(CheckKind.MD5))) {
      long end = appended(driver, event(1, 0, 8)).end();
      EventBatch two = new EventBatch().add(1, new byte[8]).add(2, new byte[8]);
      assertEquals(
          "a log with MD5 checks takes batches of one record, not of 2",
          assertThrows(IllegalArgumentException.class, () -> driver.append(end, two)).getMessage());
      EventBatch large = EventBatch.of(1, new byte[224]);
      assertEquals(
          "228 payload bytes are more than the 224 that one block of a log with MD5 checks holds",
          assertThrows(IllegalArgumentException.class, () -> driver.append(end, large))
              .getMessage());
      appended(driver, event(2, 1, 220 / 8 * 8));
      List<Event> events = read(driver, 0);
      assertEquals(2, events.size());
      assertHolds(events, driver);
    }
  }

  @Test
  void aRecordThatIsNoEventIsNamedWhereItIsMet() {
    assertForeign(new byte[3], "a record of 3 bytes at position 36");
    assertForeign(new byte[] {1, 0, 0, 0, 5}, "a record of 5 bytes at position 36");
    assertForeign(new byte[12], "a record of key 0 at position 36");
    assertForeign(new byte[4 + 524_288], "a record of 524292 bytes at position 36");
  }

  private void assertForeign(byte[] record, String found) {
    Path foreign = folder.resolve("of-" + record.length);
    try (SegmentLog log = SegmentLog.open(foreign)) {
      long ignored = log.append(new byte[] {1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1});
      ignored = log.append(record);
    }
    StorageException.UnsupportedFormat refused =
        assertThrows(StorageException.UnsupportedFormat.class, () -> SegmentDriver.open(foreign));
    assertEquals(found, refused.found());
    assertEquals(foreign.toString(), refused.file());
    try (SegmentLog log = SegmentLog.open(foreign)) {
      long ignored = log.append(new byte[] {2, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1});
    }
    try (SegmentDriver driver = SegmentDriver.open(foreign)) {
      assertEquals(2, driver.lastKey());
      for (int twice = 0; twice < 2; twice++) {
        assertThrows(
            StorageException.UnsupportedFormat.class,
            () -> driver.read(0, new EventBuffer(1 << 20)));
        assertThrows(StorageException.UnsupportedFormat.class, () -> driver.seek(2, 0));
      }
      assertEquals(0, driver.seek(1, 0));
    }
  }

  @Test
  void whatWasDroppedIsSaidAndTheRestIsThere() {
    List<Event> events = new ArrayList<>();
    try (SegmentDriver driver = tiny()) {
      for (int i = 0; i < 40; i++) {
        events.addAll(Streams.append(driver, 1, i));
      }
    }
    long tail = events.get(25).position();
    try (SegmentLog log = SegmentLog.open(folder)) {
      log.dropBefore(tail);
    }
    try (SegmentDriver driver = tiny()) {
      StorageException.Dropped dropped =
          assertThrows(
              StorageException.Dropped.class, () -> driver.read(0, new EventBuffer(1 << 16)));
      assertEquals(tail, dropped.tail());
      assertThrows(StorageException.Dropped.class, () -> driver.seek(1, 0));
      assertEquals(events.subList(25, 40), read(driver, tail));
      assertEquals(driver.end(), driver.seek(EventBatch.MAX_KEY, tail));
    }
  }

  @Test
  void aStreamWhoseEventsWereAllDroppedGoesOnWhereItEnded() {
    for (int filled = 1; filled < 12; filled++) {
      Path emptied = folder.resolve("emptied-" + filled);
      long end;
      try (SegmentDriver driver = SegmentDriver.open(emptied, TestLogs.tiny())) {
        for (int i = 0; i < filled; i++) {
          appended(driver, event(7, i, 40));
        }
        end = driver.end();
      }
      try (SegmentLog log = SegmentLog.open(emptied)) {
        log.dropBefore(end);
      }
      try (SegmentDriver driver = SegmentDriver.open(emptied, TestLogs.tiny())) {
        assertEquals(0, driver.lastKey());
        assertEquals(end, driver.end());
        assertEquals(List.of(), read(driver, end));
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          events.addAll(Streams.append(driver, 1, i));
        }
        assertEquals(events, read(driver, end));
        assertTrue(driver.seek(1, end) <= events.getFirst().position());
        assertEquals(driver.end(), driver.seek(EventBatch.MAX_KEY, end));
      }
    }
  }

  @Test
  void everyCallAfterCloseIsRefused() throws InterruptedException {
    SegmentDriver driver = tiny();
    appended(driver, event(1, 0, 8));
    driver.close();
    driver.close();
    assertThrows(IllegalStateException.class, driver::end);
    assertThrows(IllegalStateException.class, driver::lastKey);
    assertThrows(IllegalStateException.class, () -> driver.append(0, new EventBatch()));
    assertThrows(IllegalStateException.class, () -> driver.read(0, new EventBuffer(64)));
    assertThrows(IllegalStateException.class, () -> driver.seek(1, 0));
    assertThrows(IllegalStateException.class, () -> driver.awaitEnd(0, Duration.ZERO));
    try (SegmentDriver again = tiny()) {
      assertTrue(again.awaitEnd(0, Duration.ZERO));
      assertFalse(again.awaitEnd(again.end(), Duration.ofMillis(1)));
    }
  }

  @Test
  void aSecondDriverOfTheSameFolderIsRefused() {
    try (SegmentDriver driver = tiny()) {
      assertEquals(0, driver.end());
      assertThrows(StorageException.Unavailable.class, this::tiny);
    }
  }
}
