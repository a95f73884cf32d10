package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ChainOptionsTest {
  private static final Duration SHORT = Duration.ofMillis(3);
  private static final Duration LONG = Duration.ofMillis(9);

  @Test
  void eachChangeKeepsTheOthers() {
    RandomGenerator random = () -> 7;
    Executor executor = Runnable::run;
    ChainOptions options =
        ChainOptions.defaults()
            .withExecutor(executor)
            .withRandom(random)
            .withTiming(Timing.SYSTEM)
            .withPolling(SHORT, LONG)
            .withBackoff(SHORT, LONG)
            .withParallelism(2)
            .withSliceBytes(77)
            .withAscendingKeys(true)
            .withMarkers(false)
            .withDeadline(LONG)
            .withRequestTimeout(SHORT);
    assertSame(executor, options.executor());
    assertSame(random, options.random());
    assertSame(Timing.SYSTEM, options.timing());
    assertEquals(SHORT, options.firstPoll());
    assertEquals(LONG, options.pollLimit());
    assertEquals(SHORT, options.firstBackoff());
    assertEquals(LONG, options.backoffLimit());
    assertEquals(2, options.parallelism());
    assertEquals(77, options.sliceBytes());
    assertTrue(options.ascendingKeys());
    assertFalse(options.markers());
    assertEquals(LONG, options.deadline());
    assertEquals(SHORT, options.requestTimeout());
  }

  @Test
  void changeLeavesTheFormerOptionsAsTheyWere() {
    ChainOptions defaults = ChainOptions.defaults();
    defaults.withMarkers(false);
    assertTrue(defaults.markers());
  }

  @Test
  void refusesWhatCannotWork() {
    ChainOptions options = ChainOptions.defaults();
    Duration none = Duration.ZERO;
    assertThrows(IllegalArgumentException.class, () -> options.withRequestTimeout(none));
    assertThrows(IllegalArgumentException.class, () -> options.withDeadline(none));
    assertThrows(IllegalArgumentException.class, () -> options.withSliceBytes(0));
    assertThrows(IllegalArgumentException.class, () -> options.withParallelism(0));
    assertThrows(IllegalArgumentException.class, () -> options.withBackoff(LONG, SHORT));
    assertThrows(IllegalArgumentException.class, () -> options.withPolling(none, SHORT));
    assertThrows(
        IllegalArgumentException.class, () -> options.withDeadline(Duration.ofDays(1_000)));
  }
}
