package dev.varve.kit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Where a driver claims it, events cost no object each. Calls may cost some. */
interface GarbageContract extends StreamPart {
  int EVENTS_PER_CALL = 1_000;
  int CALLS = 50;
  int CONTENT_BYTES = 64;
  int SMALLEST_OBJECT_BYTES = 16;

  @Test
  default void appendingAllocatesNothingPerEvent() {
    Assumptions.assumeTrue(fixture().traits().appendsWithoutGarbage(), "not claimed");
    StorageDriver driver = fixture().driver();
    EventBatch batch = new EventBatch();
    assertNoGarbage(() -> appendAll(driver, batch));
  }

  @Test
  default void readingAllocatesNothingPerEvent() {
    Assumptions.assumeTrue(fixture().traits().readsWithoutGarbage(), "not claimed");
    StorageDriver driver = fixture().driver();
    appendAll(driver, new EventBatch());
    EventBuffer buffer = new EventBuffer(EVENTS_PER_CALL * (CONTENT_BYTES + 12));
    assertNoGarbage(() -> readAll(driver, buffer));
  }

  /** Runs twice, first until the classes are loaded, and counts the second time. */
  private static void assertNoGarbage(Runnable pass) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    pass.run();
    long before = threads.getThreadAllocatedBytes(thread);
    pass.run();
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    long bound = (long) CALLS * EVENTS_PER_CALL * SMALLEST_OBJECT_BYTES / 4;
    assertTrue(allocated < bound, () -> allocated + " bytes, and " + bound + " allowed");
  }

  private static void appendAll(StorageDriver driver, EventBatch batch) {
    byte[] content = new byte[CONTENT_BYTES];
    long end = driver.end();
    for (int call = 0; call < CALLS; call++) {
      batch.clear();
      for (int i = 1; i <= EVENTS_PER_CALL; i++) {
        batch.add(i, content);
      }
      end = StreamFixture.accepted(driver.append(end, batch)).end();
    }
  }

  private static void readAll(StorageDriver driver, EventBuffer buffer) {
    int events = 0;
    long keys = 0;
    long position = 0;
    do {
      position = driver.read(position, buffer);
      for (int i = 0; i < buffer.count(); i++) {
        keys += buffer.key(i);
      }
      events += buffer.count();
    } while (buffer.count() > 0);
    assertEquals(CALLS * EVENTS_PER_CALL, events);
    assertEquals(CALLS * EVENTS_PER_CALL * (EVENTS_PER_CALL + 1L) / 2, keys);
  }
}
