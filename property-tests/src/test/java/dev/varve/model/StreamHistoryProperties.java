package dev.varve.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.kit.history.ConcurrentRun;
import dev.varve.kit.history.Refusals;
import dev.varve.kit.history.StreamHistory;
import dev.varve.support.MemoryMedium;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Writers and readers of a stream in memory are answered as if one came after the other (P7). */
final class StreamHistoryProperties {
  private static final String SEED = "20260101";

  /** Chance is in the schedule too, so a failure need not come back in a smaller try. */
  @Property(seed = SEED, tries = 60, shrinking = ShrinkingMode.OFF)
  void aStreamInMemoryIsLinearizable(
      @ForAll @IntRange(min = 1, max = 4) int writers,
      @ForAll @IntRange(max = 4) int readers,
      @ForAll @IntRange(min = 1, max = 3) int drivers,
      @ForAll long seed) {
    StreamHistory history;
    try (MemoryMedium medium = new MemoryMedium()) {
      history = new ConcurrentRun(writers, readers, drivers, 60, seed).on(medium);
    }
    history.assertLinearizable(Refusals.TELL_THE_CURRENT_END);
    assertEquals(List.of(), history.unknown());
  }
}
