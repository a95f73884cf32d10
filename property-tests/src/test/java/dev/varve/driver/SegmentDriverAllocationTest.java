package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading a stream allocates nothing per event, and a batch that is appended one outcome. */
final class SegmentDriverAllocationTest {
  private static final int BATCHES = 1_000;
  private static final int EVENTS = 100 * BATCHES;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ScratchFolder scratch = ScratchFolder.quick();
  private final SegmentDriver driver =
      SegmentDriver.open(
          scratch.path().resolve("stream"), LogOptions.defaults().withDurability(Durability.NONE));

  @AfterEach
  void removeFolder() {
    driver.close();
    scratch.close();
  }

  private void append() {
    byte[] content = new byte[104];
    EventBatch batch = new EventBatch();
    for (int i = 0; i < BATCHES; i++) {
      batch.clear();
      for (int event = 0; event < 100; event++) {
        batch.add(1, content);
      }
      Append outcome = driver.append(driver.end(), batch);
      assertTrue(outcome instanceof Append.Appended);
    }
  }

  /** Counts the second time, when the classes are loaded and compiled. */
  private static void assertAllocatesNothingPerEvent(Runnable pass) {
    pass.run();
    long before = allocated();
    pass.run();
    long bytes = allocated() - before;
    assertTrue(bytes < 4L * EVENTS, () -> bytes + " bytes for " + EVENTS + " events");
  }

  private static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId());
  }

  @Test
  void appendingAllocatesNothingPerEvent() {
    assertAllocatesNothingPerEvent(this::append);
  }

  @Test
  void readingAllocatesNothingPerEventHoweverFewFit() {
    append();
    for (int room : new int[] {108, 1_000, 1 << 16}) {
      EventBuffer buffer = new EventBuffer(room);
      assertAllocatesNothingPerEvent(() -> assertEquals(EVENTS, count(buffer)));
    }
  }

  private int count(EventBuffer buffer) {
    int count = 0;
    long end = driver.end();
    for (long at = 0; at < end; count += buffer.count()) {
      at = driver.read(at, buffer);
    }
    return count;
  }
}
