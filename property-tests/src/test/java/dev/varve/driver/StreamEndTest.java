package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class StreamEndTest {
  private static final int MOVES = 200_000;
  private static final long LONG = Duration.ofMinutes(1).toNanos();

  private final StreamEnd end = new StreamEnd(0, 0);

  /** The key is the end's half here, so that a key of another end is seen. */
  @Test
  void aKeyIsNeitherAheadOfItsEndNorBehindIt() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<?> reader = threads.submit(this::look);
      for (long move = 1; move <= MOVES; move++) {
        end.moveTo(2 * move, move);
      }
      reader.get();
    }
  }

  private void look() {
    while (end.position() < 2 * MOVES) {
      long before = end.position();
      long key = end.lastKey();
      long after = end.position();
      assertTrue(2 * key >= before && 2 * key <= after, () -> before + " " + key + " " + after);
    }
  }

  @Test
  void noMoveIsMissedByThoseWhoWait() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<?> waiter = threads.submit(this::waitForEachMove);
      for (long move = 1; move <= MOVES / 10; move++) {
        end.moveTo(move, 1);
      }
      waiter.get();
    }
  }

  private boolean waitForEachMove() throws InterruptedException {
    for (long seen = 0; seen < MOVES / 10; seen = end.position()) {
      assertTrue(end.await(seen, LONG), "nobody woke the waiter");
    }
    return true;
  }

  @Test
  void waitingEndsWithTheTimeOrTheStream() throws InterruptedException {
    assertFalse(end.await(0, 0));
    assertFalse(end.await(0, 1_000));
    end.moveTo(5, 1);
    assertTrue(end.await(4, 0));
    end.close();
    assertThrows(IllegalStateException.class, () -> end.await(0, 0));
    assertThrows(IllegalStateException.class, end::lastKey);
    assertEquals(
        "the stream is closed",
        assertThrows(IllegalStateException.class, end::position).getMessage());
  }

  @Test
  void anInterruptEndsTheWait() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> end.await(0, LONG));
  }
}
