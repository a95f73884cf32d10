package dev.varve.kit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is left after closing, what an interrupt does, and opening again. */
interface CloseContract extends StreamPart {

  @Test
  default void afterCloseEveryCallIsMisuse() {
    StorageDriver driver = fixture().driver();
    long position = fixture().append(16).position();
    long end = driver.end();
    driver.close();
    Map<String, Executable> calls =
        Map.of(
            "end", driver::end,
            "append", () -> driver.append(end, EventBatch.of(1, new byte[8])),
            "append stale", () -> driver.append(0, EventBatch.of(1, new byte[8])),
            "append nothing", () -> driver.append(end, new EventBatch()),
            "read", () -> driver.read(position, new EventBuffer(100)),
            "lastKey", driver::lastKey,
            "seek", () -> driver.seek(1, 0),
            "awaitEnd", () -> driver.awaitEnd(end, Duration.ZERO),
            "awaitEnd reached", () -> driver.awaitEnd(position, Duration.ZERO));
    calls.forEach((name, call) -> assertThrows(IllegalStateException.class, call, name));
  }

  @Test
  default void closingTwiceIsClosingOnce() {
    StorageDriver driver = fixture().driver();
    fixture().append(8);
    driver.close();
    driver.close();
    assertThrows(IllegalStateException.class, driver::end);
  }

  @Test
  default void closingOneDriverLeavesTheOthersOpen() {
    StorageDriver other = fixture().another();
    List<StreamEvent> events = new ArrayList<>(fixture().fill(3));
    other.close();
    events.addAll(fixture().fill(3));
    fixture().assertHolds(events);
  }

  @Test
  default void openingAgainKeepsEveryEventAndItsPosition() {
    List<StreamEvent> events = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      events.addAll(fixture().fill(round * 5));
      long end = fixture().driver().end();
      StorageDriver reopened = fixture().reopen();
      assertEquals(end, reopened.end(), "the end after opening again");
      fixture().assertHolds(events);
    }
  }

  @Test
  default void aFormerEndIsStillTheConditionAfterOpeningAgain() {
    long stale = fixture().append(8).position();
    long end = fixture().driver().end();
    StorageDriver reopened = fixture().reopen();
    EventBatch batch = fixture().batch(2);
    assertEquals(new Append.Outdated(end), reopened.append(stale, batch));
    StreamFixture.accepted(reopened.append(end, batch));
    assertEquals(3, StreamFixture.read(reopened).size());
  }

  /** Appends while the driver is closed: each has its outcome, or did not begin. */
  @Test
  default void appendsUnderWayEndWithTheirOutcome() {
    ConcurrentLinkedQueue<Long> accepted = new ConcurrentLinkedQueue<>();
    StorageDriver driver = fixture().driver();
    fixture().append(8);
    List<Background> writers = new ArrayList<>();
    for (int writer = 1; writer <= 3; writer++) {
      long key = 1_000L * writer;
      writers.add(
          Background.start(
              "writer " + writer,
              () ->
                  assertThrows(
                      IllegalStateException.class, () -> appendForever(driver, key, accepted))));
    }
    while (accepted.size() < 20 && writers.stream().noneMatch(Background::failed)) {
      Thread.onSpinWait();
    }
    driver.close();
    writers.forEach(Background::join);
    List<Long> kept =
        StreamFixture.read(fixture().reopen()).stream().skip(1).map(StreamEvent::key).toList();
    assertEquals(accepted.stream().sorted().toList(), kept.stream().sorted().toList());
  }

  private static void appendForever(
      StorageDriver driver, long firstKey, ConcurrentLinkedQueue<Long> accepted) {
    long key = firstKey;
    for (long end = driver.end(); ; ) {
      switch (driver.append(end, EventBatch.of(key, new byte[8]))) {
        case Append.Appended appended -> {
          accepted.add(key++);
          end = appended.end();
        }
        case Append.Outdated outdated -> end = outdated.end();
        case Append.Unknown unknown -> throw new AssertionError(unknown.toString());
      }
    }
  }

  @Test
  default void anInterruptEndsNothingButAWaitAndIsKept() {
    fixture().append(8);
    StorageDriver driver = fixture().driver();
    Background interrupted =
        Background.start(
            "interrupted",
            () -> {
              EventBuffer buffer = new EventBuffer(1_000);
              for (int i = 0; i < 20; i++) {
                Thread.currentThread().interrupt();
                long end = driver.end();
                StreamFixture.accepted(driver.append(end, EventBatch.of(2 + i, new byte[8])));
                driver.read(end, buffer);
                assertEquals(2 + i, buffer.key(0));
                assertEquals(2 + i, driver.lastKey());
                assertTrue(driver.seek(2 + i, 0) <= buffer.position(0));
                assertTrue(Thread.interrupted(), "the interrupt is kept");
              }
            });
    interrupted.join();
    assertEquals(21, StreamFixture.read(driver).size());
  }
}
