package dev.varve.kit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.codec.EventFrame;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.Background;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a batch takes arrives in the stream, in order, wholly or not at all. */
interface EventBatchContract extends StreamPart {

  private void appendAndCheck(EventBatch batch, List<StreamEvent> expected) {
    StorageDriver driver = fixture().driver();
    long end = driver.end();
    StreamFixture.accepted(driver.append(end, batch));
    List<StreamEvent> found = StreamFixture.read(driver, end, StreamFixture.ROOMY_BYTES);
    assertEquals(expected.size(), found.size(), "events");
    for (int i = 0; i < expected.size(); i++) {
      StreamEvent event = expected.get(i);
      assertTrue(event.sameEventAs(found.get(i)), event::toString);
    }
  }

  private static StreamEvent event(long key, int contentBytes) {
    return new StreamEvent(0, key, StreamEvent.contentOf(key, contentBytes));
  }

  private static EventBatch batchOf(List<StreamEvent> events) {
    EventBatch batch = new EventBatch();
    events.forEach(event -> batch.add(event.key(), event.content()));
    return batch;
  }

  @Test
  default void eventsOfABatchKeepTheirOrder() {
    List<StreamEvent> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      events.add(event(1 + (i * 7919L) % 1000, 8 * (i % 40)));
    }
    appendAndCheck(batchOf(events), events);
  }

  @Test
  default void keysFromOneToTheLargestUnsignedArriveAsTheyAre() {
    List<StreamEvent> events = new ArrayList<>();
    for (long key : new long[] {1, 0x7FFF_FFFFL, 0x8000_0000L, EventBatch.MAX_KEY}) {
      events.add(event(key, 16));
      appendAndCheck(EventBatch.of(key, StreamEvent.contentOf(key, 16)), List.of(event(key, 16)));
      assertEquals(key, fixture().driver().lastKey());
    }
    appendAndCheck(batchOf(events), events);
  }

  @Test
  default void contentsOfEveryAllowedSizeArriveAsTheyAre() {
    List<StreamEvent> events = new ArrayList<>();
    for (int contentBytes = 0; contentBytes <= 2_000; contentBytes += 8) {
      events.add(event(1 + contentBytes, contentBytes));
    }
    for (int contentBytes = 4_000; contentBytes <= 70_000; contentBytes = contentBytes * 2 + 8) {
      events.add(event(1 + contentBytes, contentBytes));
    }
    appendAndCheck(batchOf(events), events);
  }

  @Test
  default void theLargestEventArrives() {
    List<StreamEvent> events = List.of(event(5, EventFrame.MAX_CONTENT_BYTES), event(6, 8));
    appendAndCheck(batchOf(events), events);
    appendAndCheck(batchOf(events.subList(0, 1)), events.subList(0, 1));
    fixture().reopen();
    assertEquals(3, StreamFixture.read(fixture().driver()).size());
  }

  @Test
  default void aBatchOfTheMostBytesArrives() {
    List<StreamEvent> events = new ArrayList<>();
    int left = EventBatch.MAX_BYTES;
    for (long key = 1; left > 0; key++) {
      int contentBytes = Math.min(left, EventFrame.MAX_BYTES) - EventFrame.OVERHEAD_BYTES;
      events.add(event(key, contentBytes));
      left -= EventFrame.frameBytes(contentBytes);
    }
    EventBatch batch = batchOf(events);
    assertEquals(EventBatch.MAX_BYTES, batch.frameBytes());
    appendAndCheck(batch, events);
    fixture().append(8);
  }

  @Test
  default void aBatchOfTheMostEventsArrives() {
    StorageDriver driver = fixture().driver();
    EventBatch batch = new EventBatch();
    int count = EventBatch.MAX_BYTES / EventFrame.OVERHEAD_BYTES;
    for (int i = 1; i <= count; i++) {
      batch.add(i, new byte[0]);
    }
    StreamFixture.accepted(driver.append(0, batch));
    EventBuffer buffer = new EventBuffer(StreamFixture.ROOMY_BYTES);
    int seen = 0;
    for (long next = driver.read(0, buffer); buffer.count() > 0; next = driver.read(next, buffer)) {
      for (int i = 0; i < buffer.count(); i++) {
        assertEquals(++seen, buffer.key(i));
        assertEquals(0, buffer.contentBytes(i));
      }
    }
    assertEquals(count, seen);
  }

  @Test
  default void whatABatchRefusesLeavesItAsItWas() {
    List<StreamEvent> events = List.of(event(3, 24), event(4, 8));
    EventBatch batch = batchOf(events);
    int frameBytes = batch.frameBytes();
    for (long key : new long[] {0, -1, EventBatch.MAX_KEY + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertRefused(batch, key, 8);
    }
    for (int contentBytes : new int[] {1, 4, 7, 9, 12, 524_281, 524_287, 524_288, 524_296}) {
      assertRefused(batch, 1, contentBytes);
    }
    assertThrows(IndexOutOfBoundsException.class, () -> batch.add(1, new byte[16], 9, 8));
    assertEquals(2, batch.count());
    assertEquals(frameBytes, batch.frameBytes());
    appendAndCheck(batch, events);
  }

  private static void assertRefused(EventBatch batch, long key, int contentBytes) {
    byte[] content = new byte[contentBytes];
    MemorySegment memory = MemorySegment.ofArray(content);
    assertThrows(IllegalArgumentException.class, () -> batch.add(key, content));
    assertThrows(IllegalArgumentException.class, () -> batch.add(key, content, 0, contentBytes));
    assertThrows(IllegalArgumentException.class, () -> batch.add(key, memory));
    assertThrows(IllegalArgumentException.class, () -> EventBatch.of(key, content));
  }

  @Test
  default void aFullBatchRefusesOneMoreAndStaysWhole() {
    List<StreamEvent> events = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      events.add(event(i, EventFrame.MAX_CONTENT_BYTES));
    }
    EventBatch batch = batchOf(events);
    byte[] content = new byte[EventFrame.MAX_CONTENT_BYTES];
    assertThrows(IllegalArgumentException.class, () -> batch.add(8, content));
    appendAndCheck(batch, events);
  }

  @Test
  default void eventsFromRangesAndFromMemoryArriveLikeThoseFromArrays() {
    byte[] content = StreamEvent.contentOf(2, 48);
    byte[] inside = new byte[100];
    System.arraycopy(content, 0, inside, 13, 48);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, inside).asSlice(13, 48);
      EventBatch batch = new EventBatch().add(2, content).add(2, inside, 13, 48).add(2, memory);
      batch.add(2, MemorySegment.ofArray(inside).asSlice(13, 48));
      StreamEvent event = new StreamEvent(0, 2, content);
      appendAndCheck(batch, List.of(event, event, event, event));
    }
  }

  @Test
  default void aBatchIsItsCallersAgainAfterTheAppend() {
    byte[] content = StreamEvent.contentOf(1, 32);
    EventBatch batch = EventBatch.of(1, content);
    StreamEvent first = new StreamEvent(0, 1, content.clone());
    content[0]++;
    appendAndCheck(batch, List.of(first));
    appendAndCheck(batch, List.of(first));
    appendAndCheck(batch.clear().add(7, StreamEvent.contentOf(7, 40)), List.of(event(7, 40)));
    assertEquals(0, batch.clear().count());
    assertEquals(0, batch.frameBytes());
    assertTrue(first.sameEventAs(StreamFixture.read(fixture().driver()).getFirst()));
  }

  /** Each event says which batch it is of, and how many events of the batch are to follow. */
  @Test
  default void aReaderSeesWholeBatchesOnly() {
    StorageDriver driver = fixture().driver();
    int batches = 150;
    Background reader = Background.start("reader", () -> readWholeBatches(driver, batches));
    EventBatch batch = new EventBatch();
    long end = 0;
    for (int number = 1; number <= batches && !reader.failed(); number++) {
      batch.clear();
      for (int left = number * 31 % 50; left >= 0; left--) {
        batch.add(number, StreamEvent.contentOf(number, 8 * left));
      }
      end = StreamFixture.accepted(driver.append(end, batch)).end();
    }
    reader.join();
  }

  private static void readWholeBatches(StorageDriver driver, int batches)
      throws InterruptedException {
    EventBuffer buffer = new EventBuffer(StreamFixture.ROOMY_BYTES);
    long position = 0;
    long lastKey = 0;
    while (lastKey < batches) {
      assertTrue(driver.awaitEnd(position, AwaitEndContract.PATIENCE), "waited in vain");
      position = driver.read(position, buffer);
      assertTrue(buffer.count() > 0, "the end is behind the position, and nothing is read");
      int left = 0;
      for (int i = 0; i < buffer.count(); i++) {
        assertEquals(left == 0 ? lastKey + 1 : lastKey, buffer.key(i), "batch");
        lastKey = buffer.key(i);
        int follow = buffer.contentBytes(i) / 8;
        assertEquals(left == 0 ? lastKey * 31 % 50 : left - 1, follow, "events to follow");
        left = follow;
      }
      assertEquals(0, left, "a part of a batch was shown");
    }
  }
}
