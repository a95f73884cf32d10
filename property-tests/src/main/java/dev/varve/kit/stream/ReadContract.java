package dev.varve.kit.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.codec.EventFrame;
import dev.varve.driver.BufferTooSmallException;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Reading from a position on. */
interface ReadContract extends StreamPart {

  @Test
  default void twoWritesAreReadThroughBuffersOfEverySize() {
    List<StreamEvent> events = List.of(fixture().append(512), fixture().append(1024));
    for (int bufferBytes = 1024 + 12; bufferBytes < 2_000; bufferBytes += 8) {
      StreamFixture.assertSame(events, StreamFixture.read(fixture().driver(), 0, bufferBytes));
    }
    fixture().assertHolds(events);
  }

  @Test
  default void readingGoesOnFromEveryEventAndEveryFormerEnd() {
    StorageDriver driver = fixture().driver();
    List<Long> ends = new ArrayList<>(List.of(0L));
    for (int count = 1; count < 12; count++) {
      ends.add(StreamFixture.accepted(driver.append(ends.getLast(), fixture().batch(count))).end());
    }
    List<StreamEvent> events = StreamFixture.read(driver);
    for (int i = 0; i < events.size(); i++) {
      assertReads(driver, events.get(i).position(), events.subList(i, events.size()));
    }
    int before = 0;
    for (int i = 0; i < ends.size(); i++) {
      assertReads(driver, ends.get(i), events.subList(before, events.size()));
      before += i + 1;
    }
  }

  private static void assertReads(StorageDriver driver, long from, List<StreamEvent> expected) {
    StreamFixture.assertSame(expected, StreamFixture.read(driver, from, StreamFixture.ROOMY_BYTES));
  }

  @Test
  default void aBufferGetsAsManyEventsAsThereAreAndItHolds() {
    List<StreamEvent> events = fixture().fill(60);
    StorageDriver driver = fixture().driver();
    for (int bufferBytes = 5_000; bufferBytes < 40_000; bufferBytes += 1_111) {
      EventBuffer buffer = new EventBuffer(bufferBytes);
      for (int from = 0; from < events.size(); from += 7) {
        long first = events.get(from).position();
        driver.read(first, buffer);
        int left = from + buffer.count();
        assertTrue(
            left == events.size() || end(events.get(left)) - first > bufferBytes,
            "there was room for one more event");
      }
    }
  }

  private static long end(StreamEvent event) {
    return event.position() + EventFrame.frameBytes(event.content().length);
  }

  @Test
  default void atTheEndNothingIsReadAndThePositionStays() {
    StorageDriver driver = fixture().driver();
    EventBuffer buffer = new EventBuffer(10_000);
    for (int round = 0; round < 5; round++) {
      long position = fixture().append(40).position();
      long end = driver.read(position, buffer);
      assertEquals(1, buffer.count());
      assertEquals(driver.end(), end);
      assertEquals(end, driver.read(end, buffer));
      assertEquals(0, buffer.count(), "former events are forgotten");
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.key(0));
    }
  }

  @Test
  default void readersOfOtherDriversSeeWhatWasAppended() {
    StorageDriver other = fixture().another();
    List<StreamEvent> events = new ArrayList<>();
    EventBuffer buffer = new EventBuffer(10_000);
    long position = 0;
    for (int round = 0; round < 20; round++) {
      events.add(fixture().append(40));
      position = other.read(position, buffer);
      StreamFixture.assertSame(events.subList(round, round + 1), StreamFixture.shown(buffer));
      assertEquals(fixture().driver().end(), position);
    }
    StreamFixture.assertHolds(other, events);
  }

  @Test
  default void aBufferThatIsTooSmallIsToldTheLeastThatHoldsTheEvent() {
    StorageDriver driver = fixture().driver();
    EventBuffer small = new EventBuffer(16);
    for (int contentBytes : new int[] {16, 24, 512, 4_096, 65_536, EventFrame.MAX_CONTENT_BYTES}) {
      StreamEvent event = fixture().append(contentBytes);
      int needed = neededBytes(driver, event, small);
      assertTrue(needed >= contentBytes + 4, "key and content need more than " + needed);
      assertTrue(needed <= contentBytes + 12, "needs no more than 12 bytes more: " + needed);
      assertEquals(needed, neededBytes(driver, event, new EventBuffer(needed - 1)));
      EventBuffer least = new EventBuffer(needed);
      assertEquals(driver.end(), driver.read(event.position(), least));
      StreamFixture.assertSame(List.of(event), StreamFixture.shown(least));
    }
  }

  private static int neededBytes(StorageDriver driver, StreamEvent event, EventBuffer buffer) {
    BufferTooSmallException refusal =
        assertThrows(BufferTooSmallException.class, () -> driver.read(event.position(), buffer));
    assertEquals(0, buffer.count(), "events of a buffer that is too small");
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(String.valueOf(refusal.neededBytes())), message);
    assertTrue(message.contains(String.valueOf(buffer.capacityBytes())), message);
    return refusal.neededBytes();
  }

  @Test
  default void anEventThatDoesNotFitIsLeftForTheNextRead() {
    StorageDriver driver = fixture().driver();
    StreamEvent small = fixture().append(8);
    StreamEvent large = fixture().append(1_000);
    EventBuffer buffer = new EventBuffer(100);
    long next = driver.read(0, buffer);
    StreamFixture.assertSame(List.of(small), StreamFixture.shown(buffer));
    assertTrue(next > small.position() && next <= large.position(), "where to go on: " + next);
    assertThrows(BufferTooSmallException.class, () -> driver.read(next, buffer));
    StreamFixture.assertSame(List.of(large), StreamFixture.read(driver, next, 1_012));
  }

  @Test
  default void theSmallestBufferReadsTheSmallestEvents() {
    List<StreamEvent> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(fixture().append(0));
    }
    StreamFixture.assertSame(events, StreamFixture.read(fixture().driver(), 0, 16));
  }

  @Test
  default void aBufferShowsContentsWhereItSaysTheyAre() {
    List<StreamEvent> events = fixture().fill(20);
    EventBuffer buffer = new EventBuffer(1 << 20);
    fixture().driver().read(0, buffer);
    MemorySegment memory = buffer.memory();
    assertTrue(memory.isReadOnly());
    assertEquals(1 << 20, memory.byteSize());
    for (int i = 0; i < events.size(); i++) {
      MemorySegment content = memory.asSlice(buffer.contentOffset(i), buffer.contentBytes(i));
      assertArrayEquals(events.get(i).content(), content.toArray(ValueLayout.JAVA_BYTE));
      assertArrayEquals(events.get(i).content(), buffer.content(i));
    }
    byte[] copy = buffer.content(1);
    buffer.clear();
    assertArrayEquals(events.get(1).content(), copy, "a copy is its caller's");
  }

  @Test
  default void aNegativePositionOrOneBeyondTheEndIsMisuse() {
    List<StreamEvent> events = fixture().fill(5);
    StorageDriver driver = fixture().driver();
    long end = driver.end();
    for (long wrong : new long[] {-1, -12, Long.MIN_VALUE, end + 1, end + 1_000, 1L << 41}) {
      assertMisuse(driver, wrong);
    }
    fixture().assertHolds(events);
  }

  @Test
  default void aPositionInsideOfAnEventIsMisuse() {
    Assumptions.assumeTrue(fixture().traits().tellsEvents(), "this medium cannot tell");
    List<StreamEvent> events = List.of(fixture().append(32), fixture().append(48));
    StorageDriver driver = fixture().driver();
    for (StreamEvent event : events) {
      assertMisuse(driver, event.position() + 1);
      assertMisuse(driver, event.position() + 8);
    }
    fixture().assertHolds(events);
  }

  private static void assertMisuse(StorageDriver driver, long position) {
    EventBuffer buffer = new EventBuffer(10_000);
    RuntimeException refusal =
        assertThrows(IllegalArgumentException.class, () -> driver.read(position, buffer));
    assertFalse(refusal instanceof BufferTooSmallException, refusal::toString);
    assertThrows(IllegalArgumentException.class, () -> driver.seek(1, position));
  }

  @Test
  default void lastKeyIsThatOfTheNewestEventWhateverItsKey() {
    StorageDriver driver = fixture().driver();
    for (long key : new long[] {9, 3, 0xFFFF_FFFFL, 1, 0x8000_0000L}) {
      fixture().append(key, 8);
      assertEquals(key, driver.lastKey());
    }
    StreamFixture.accepted(driver.append(driver.end(), fixture().batch(7)));
    assertEquals(StreamFixture.read(driver).getLast().key(), driver.lastKey());
    assertEquals(driver.lastKey(), fixture().another().lastKey());
  }
}
