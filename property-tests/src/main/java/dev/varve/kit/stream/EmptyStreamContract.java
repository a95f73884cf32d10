package dev.varve.kit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A stream before its first event. */
interface EmptyStreamContract extends StreamPart {

  @Test
  default void aNewStreamIsEmptyAndEndsAtItsStart() throws InterruptedException {
    assertEmpty(fixture().driver());
  }

  private static void assertEmpty(StorageDriver driver) throws InterruptedException {
    assertEquals(0, driver.end(), "end");
    assertEquals(0, driver.lastKey(), "lastKey");
    assertEquals(0, driver.seek(0, 0));
    assertEquals(0, driver.seek(EventBatch.MAX_KEY, 0));
    assertFalse(driver.awaitEnd(0, Duration.ZERO));
    EventBuffer buffer = new EventBuffer(16);
    assertEquals(0, driver.read(0, buffer), "where to go on");
    assertEquals(0, buffer.count(), "events");
  }

  @Test
  default void nothingIsReadFromAnEmptyStreamHoweverOften() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      assertEmpty(fixture().driver());
    }
  }

  @Test
  default void anEmptyBatchLeavesAnEmptyStreamEmpty() throws InterruptedException {
    StorageDriver driver = fixture().driver();
    assertEquals(new Append.Appended(0, 0), driver.append(0, new EventBatch()));
    assertEmpty(driver);
    assertEquals(new Append.Outdated(0), driver.append(8, new EventBatch()));
    assertEmpty(driver);
  }

  @Test
  default void anEmptyStreamIsEmptyWhenItIsOpenedAgain() throws InterruptedException {
    fixture().driver();
    assertEmpty(fixture().reopen());
    fixture().append(8);
  }

  @Test
  default void aStreamIsEmptyForEachOfItsDrivers() throws InterruptedException {
    assertEmpty(fixture().another());
    assertEmpty(fixture().driver());
  }
}
