package dev.varve.kit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Several writers want the same place, and readers follow them. */
interface ContentionContract extends StreamPart {
  int WRITERS = 4;
  int APPENDS = 40;
  long WRITER_KEYS = 1_000;

  @Test
  default void threadsThatContendAppendEachEventOnce() {
    StorageDriver driver = fixture().driver();
    contend(false, writer -> driver);
  }

  @Test
  default void virtualThreadsThatContendAppendEachEventOnce() {
    StorageDriver driver = fixture().driver();
    contend(true, writer -> driver);
  }

  @Test
  default void driversThatContendAppendEachEventOnce() {
    List<StorageDriver> drivers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      drivers.add(fixture().another());
    }
    contend(false, drivers::get);
  }

  private void contend(boolean virtual, IntFunction<StorageDriver> drivers) {
    List<Background> threads = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      StorageDriver driver = drivers.apply(writer);
      long firstKey = 1 + writer * WRITER_KEYS;
      Background.Body body = () -> appendAll(driver, firstKey);
      threads.add(virtual ? Background.startVirtual("w", body) : Background.start("w", body));
    }
    StorageDriver followed = drivers.apply(0);
    threads.add(Background.start("follower", () -> follow(followed)));
    threads.forEach(Background::join);
    assertEachWriterInOrder(StreamFixture.read(fixture().driver()));
  }

  private static void appendAll(StorageDriver driver, long firstKey) {
    EventBatch batch = new EventBatch();
    long end = 0;
    for (long key = firstKey; key < firstKey + APPENDS; ) {
      batch.clear().add(key, StreamEvent.contentOf(key, 24));
      switch (driver.append(end, batch)) {
        case Append.Appended appended -> {
          assertTrue(appended.position() >= end && appended.end() > appended.position());
          end = appended.end();
          key++;
        }
        case Append.Outdated outdated -> {
          assertTrue(outdated.end() > end, "refused at the end that it was told");
          end = outdated.end();
        }
        case Append.Unknown unknown -> throw new AssertionError(unknown.toString());
      }
    }
  }

  private static void follow(StorageDriver driver) throws InterruptedException {
    EventBuffer buffer = new EventBuffer(1_000);
    List<StreamEvent> events = new ArrayList<>();
    long position = 0;
    while (events.size() < WRITERS * APPENDS) {
      assertTrue(driver.awaitEnd(position, Duration.ofSeconds(30)), "waited in vain");
      position = driver.read(position, buffer);
      assertTrue(buffer.count() > 0, "the end is behind the position, and nothing is read");
      events.addAll(StreamFixture.shown(buffer));
    }
    assertEachWriterInOrder(events);
  }

  private static void assertEachWriterInOrder(List<StreamEvent> events) {
    assertEquals(WRITERS * APPENDS, events.size());
    long[] next = new long[WRITERS];
    for (StreamEvent event : events) {
      int writer = (int) ((event.key() - 1) / WRITER_KEYS);
      long key = 1 + writer * WRITER_KEYS + next[writer]++;
      assertTrue(
          event.sameEventAs(new StreamEvent(0, key, StreamEvent.contentOf(key, 24))),
          event::toString);
    }
  }
}
