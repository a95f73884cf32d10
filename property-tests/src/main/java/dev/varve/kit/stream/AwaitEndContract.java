package dev.varve.kit.stream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.StorageDriver;
import dev.varve.kit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waiting for events that are still to come. */
interface AwaitEndContract extends StreamPart {
  /** Long enough that it never ends a wait of a healthy driver. */
  Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  default void awaitEndReturnsAtOnceWhenTheEndIsBehindThePosition() throws InterruptedException {
    StorageDriver driver = fixture().driver();
    for (StreamEvent event : fixture().fill(3)) {
      assertTrue(driver.awaitEnd(event.position(), Duration.ZERO));
      assertTrue(driver.awaitEnd(event.position(), PATIENCE));
    }
  }

  @Test
  default void awaitEndIsFalseWhenTheTimeIsOver() throws InterruptedException {
    StorageDriver driver = fixture().driver();
    assertFalse(driver.awaitEnd(0, Duration.ofMillis(2)));
    fixture().fill(3);
    assertFalse(driver.awaitEnd(driver.end(), Duration.ZERO));
    assertFalse(driver.awaitEnd(driver.end(), Duration.ofMillis(2)));
  }

  @Test
  default void awaitEndWakesUpForAnAppend() throws InterruptedException {
    StorageDriver driver = fixture().driver();
    for (int round = 0; round < 10; round++) {
      long end = driver.end();
      Background appender = Background.start("appender", () -> fixture().append(8));
      assertTrue(driver.awaitEnd(end, PATIENCE));
      assertTrue(driver.end() > end);
      appender.join();
    }
  }

  @Test
  default void awaitEndWakesUpForTheAppendOfAnotherDriver() throws InterruptedException {
    StorageDriver other = fixture().another();
    for (int round = 0; round < 3; round++) {
      long end = other.end();
      Background appender = Background.start("appender", () -> fixture().append(8));
      assertTrue(other.awaitEnd(end, PATIENCE));
      assertTrue(other.end() > end);
      appender.join();
    }
  }

  @Test
  default void oneAppendWakesAllThatWait() {
    StorageDriver driver = fixture().driver();
    long end = driver.end();
    List<Background> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(
          Background.startVirtual("waiting", () -> assertTrue(driver.awaitEnd(end, PATIENCE))));
    }
    fixture().append(8);
    waiting.forEach(Background::join);
  }

  @Test
  default void anInterruptEndsTheWait() {
    StorageDriver driver = fixture().driver();
    long end = driver.end();
    Background waiting =
        Background.start(
            "waiting",
            () -> assertThrows(InterruptedException.class, () -> driver.awaitEnd(end, PATIENCE)));
    waiting.interrupt();
    waiting.join();
    fixture().append(8);
  }

  @Test
  default void closingEndsTheWait() {
    StorageDriver driver = fixture().driver();
    long end = driver.end();
    Background waiting =
        Background.start(
            "waiting",
            () -> assertThrows(IllegalStateException.class, () -> driver.awaitEnd(end, PATIENCE)));
    driver.close();
    waiting.join();
  }
}
