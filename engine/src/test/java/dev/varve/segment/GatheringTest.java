package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final long SYNC_NANOS = 1000;

  /** Advances by one whenever it is read, so that what it says tells how often it was. */
  private static final class Clock implements LongSupplier {
    private long now;

    @Override
    public long getAsLong() {
      return now++;
    }
  }

  private final Clock clock = new Clock();
  private final Gathering gathering = new Gathering(clock);

  @Test
  void aThreadThatIsAloneNeverWaits() {
    for (int k = 0; k < 3; k++) {
      int joined = gathering.join();
      assertEquals(0, patienceSpent());
      serve();
      gathering.leave(joined);
    }
  }

  @Test
  void aLeaderWaitsForAsManyAsThereWereWhenTheLastSyncEnded() {
    serveTwo();

    gathering.join();
    assertEquals(SYNC_NANOS / 4, patienceSpent());
  }

  @Test
  void aGroupThatIsTogetherGoesAtOnce() {
    serveTwo();

    gathering.join();
    gathering.join();
    assertEquals(0, patienceSpent());
  }

  @Test
  void whoWasServedCountsNoLongerEvenBeforeItKnows() {
    int first = gathering.join();
    int second = gathering.join();
    gathering.close();
    serve();

    gathering.join();
    assertEquals(SYNC_NANOS / 4, patienceSpent());
    gathering.leave(first);
    gathering.leave(second);
    serve();

    gathering.join();
    assertEquals(0, patienceSpent());
  }

  @Test
  void whoComesDuringASyncBelongsToTheNextGroup() {
    int served = gathering.join();
    gathering.close();
    gathering.join();
    serve();
    gathering.leave(served);

    assertEquals(SYNC_NANOS / 4, patienceSpent());
    serve();
    gathering.join();
    assertEquals(0, patienceSpent());
  }

  @Test
  void whoLeavesDuringASyncIsNotCountedTwice() {
    int early = gathering.join();
    gathering.join();
    gathering.close();
    gathering.leave(early);
    serve();

    gathering.join();
    assertEquals(0, patienceSpent());
  }

  @Test
  void whoWaitsYieldsForTwoSyncs() {
    assertFalse(gathering.isWorthYielding(gathering.now()));
    serveTwo();

    long start = gathering.now();
    clock.now += 2 * SYNC_NANOS - 2;
    assertTrue(gathering.isWorthYielding(start));
    assertFalse(gathering.isWorthYielding(start));
  }

  @Test
  void whoWaitsForASlowSyncSleeps() {
    gathering.close();
    clock.now += 500_000;
    serve();
    assertFalse(gathering.isWorthYielding(gathering.now()));

    serveTwo();
    assertTrue(gathering.isWorthYielding(gathering.now()));
  }

  private void serveTwo() {
    int first = gathering.join();
    int second = gathering.join();
    gathering.close();
    serve();
    gathering.leave(first);
    gathering.leave(second);
  }

  /** A sync of the group that was closed last. */
  private void serve() {
    clock.now += SYNC_NANOS - 1;
    gathering.served();
  }

  /** Closes a group and tells how long that waited. */
  private long patienceSpent() {
    long before = clock.now;
    gathering.close();
    long untilAsked = 2;
    return clock.now - before - untilAsked;
  }
}
