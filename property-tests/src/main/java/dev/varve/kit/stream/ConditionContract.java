package dev.varve.kit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.StorageDriver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An append is accepted at the end of the stream, and nowhere else. */
interface ConditionContract extends StreamPart {

  @Test
  default void oneEventThatIsAppendedIsRead() {
    StorageDriver driver = fixture().driver();
    StreamEvent only = fixture().append(64);
    assertTrue(only.position() >= 0 && driver.end() > only.position(), only::toString);
    fixture().assertHolds(List.of(only));
  }

  @Test
  default void anAppendAnswersWhereItsFirstEventIsAndTheNewEnd() {
    StorageDriver driver = fixture().driver();
    long end = 0;
    for (int count = 1; count < 40; count += 3) {
      Append.Appended appended = StreamFixture.accepted(driver.append(end, fixture().batch(count)));
      assertTrue(appended.position() >= end && appended.end() > appended.position());
      List<StreamEvent> events = StreamFixture.read(driver, end, StreamFixture.ROOMY_BYTES);
      assertEquals(count, events.size());
      assertEquals(appended.position(), events.getFirst().position());
      assertEquals(appended.end(), driver.end());
      end = appended.end();
    }
  }

  @Test
  default void positionsStrictlyIncrease() {
    StorageDriver driver = fixture().driver();
    for (int count = 1; count < 30; count++) {
      StreamFixture.accepted(driver.append(driver.end(), fixture().batch(count)));
    }
    long last = -1;
    for (StreamEvent event : StreamFixture.read(driver)) {
      assertTrue(event.position() > last, event::toString);
      last = event.position();
    }
    assertTrue(driver.end() > last, "the end is behind the last event");
  }

  @Test
  default void ofTwoCollidingWritesTheSecondIsRefusedWithTheCurrentEnd() {
    StorageDriver driver = fixture().driver();
    EventBatch first = fixture().batch(3);
    EventBatch second = fixture().batch(2);
    long end = StreamFixture.accepted(driver.append(0, first)).end();
    assertEquals(new Append.Outdated(end), driver.append(0, second));
    assertEquals(3, StreamFixture.read(driver).size());
    StreamFixture.accepted(driver.append(end, second));
    assertEquals(5, StreamFixture.read(driver).size());
  }

  @Test
  default void theSecondOfTwoDriversThatCollideIsRefusedWithTheCurrentEnd() {
    StorageDriver other = fixture().another();
    for (int round = 0; round < 20; round++) {
      StorageDriver first = round % 2 == 0 ? fixture().driver() : other;
      StorageDriver second = round % 2 == 0 ? other : fixture().driver();
      long end = second.end();
      long now = StreamFixture.accepted(first.append(end, fixture().batch(2))).end();
      assertEquals(new Append.Outdated(now), second.append(end, fixture().batch(1)));
      assertEquals(2 * (round + 1), StreamFixture.read(second).size());
    }
  }

  @Test
  default void everyStalePositionIsRefusedAndLeavesNoTrace() {
    List<StreamEvent> events = fixture().fill(30);
    StorageDriver driver = fixture().driver();
    long end = driver.end();
    for (StreamEvent event : events) {
      assertEquals(new Append.Outdated(end), driver.append(event.position(), fixture().batch(2)));
    }
    assertEquals(end, driver.end());
    fixture().assertHolds(events);
  }

  @Test
  default void aPositionAheadOfTheEndIsRefusedAndLeavesNoTrace() {
    List<StreamEvent> events = new ArrayList<>(fixture().fill(5));
    StorageDriver driver = fixture().driver();
    long end = driver.end();
    for (long ahead : new long[] {end + 1, end + 8, end + (1 << 24), 1L << 41, Long.MAX_VALUE}) {
      assertEquals(new Append.Outdated(end), driver.append(ahead, fixture().batch(1)));
    }
    assertEquals(end, driver.end());
    events.add(fixture().append(8));
    fixture().assertHolds(events);
  }

  @Test
  default void aPositionAheadOfWhatIsKnownHasTheDriverAsk() {
    StorageDriver knowing = fixture().another();
    List<StreamEvent> events = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      events.addAll(fixture().fill(2));
      long end = fixture().driver().end();
      Append.Appended appended =
          StreamFixture.accepted(knowing.append(end, EventBatch.of(9, new byte[8])));
      events.add(new StreamEvent(appended.position(), 9, new byte[8]));
    }
    fixture().assertHolds(events);
    StreamFixture.assertHolds(knowing, events);
  }

  @Test
  default void aNegativePositionIsMisuseAndLeavesNoTrace() {
    List<StreamEvent> events = fixture().fill(3);
    StorageDriver driver = fixture().driver();
    for (long wrong : new long[] {-1, -8, Long.MIN_VALUE}) {
      EventBatch batch = fixture().batch(1);
      assertThrows(IllegalArgumentException.class, () -> driver.append(wrong, batch));
      assertThrows(IllegalArgumentException.class, () -> driver.append(wrong, new EventBatch()));
    }
    fixture().assertHolds(events);
  }

  @Test
  default void anEmptyBatchIsAcceptedAtTheEndOnlyAndWritesNothing() {
    List<StreamEvent> events = fixture().fill(4);
    StorageDriver driver = fixture().driver();
    long end = driver.end();
    EventBatch empty = new EventBatch();
    assertEquals(new Append.Appended(end, end), driver.append(end, empty));
    assertEquals(new Append.Outdated(end), driver.append(0, empty));
    assertEquals(new Append.Outdated(end), driver.append(events.getLast().position(), empty));
    assertEquals(new Append.Outdated(end), driver.append(end + 8, empty));
    assertEquals(end, driver.end());
    fixture().assertHolds(events);
  }

  @Test
  default void anEmptyBatchAsksForTheEnd() {
    StorageDriver other = fixture().another();
    long end = other.end();
    fixture().fill(1);
    long now = fixture().driver().end();
    assertEquals(new Append.Outdated(now), other.append(end, new EventBatch()));
    assertEquals(new Append.Appended(now, now), other.append(now, new EventBatch()));
  }

  @Test
  default void manyAppendsAreAllKept() {
    StorageDriver driver = fixture().driver();
    int count = fixture().traits().manyAppends();
    List<StreamEvent> events = new ArrayList<>();
    EventBatch batch = new EventBatch();
    long end = 0;
    for (int i = 1; i <= count; i++) {
      byte[] content = StreamEvent.contentOf(i, 8);
      Append outcome = driver.append(end, batch.clear().add(i, content));
      end = StreamFixture.accepted(outcome).end();
      events.add(new StreamEvent(StreamFixture.accepted(outcome).position(), i, content));
    }
    fixture().assertHolds(events);
  }

  @Test
  default void endsNeverGoBack() {
    StorageDriver other = fixture().another();
    long last = 0;
    for (int round = 0; round < 40; round++) {
      StorageDriver writer = round % 3 == 0 ? other : fixture().driver();
      StreamFixture.accepted(writer.append(last, fixture().batch(1 + round % 4)));
      for (StorageDriver driver : List.of(other, fixture().driver(), other)) {
        assertTrue(driver.end() >= last, "an end that went back");
        last = driver.end();
      }
    }
  }
}
