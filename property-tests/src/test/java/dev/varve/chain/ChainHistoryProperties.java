package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.chain.Fault;
import dev.varve.kit.chain.FaultScript;
import dev.varve.kit.chain.FaultyContainer;
import dev.varve.kit.history.ConcurrentRun;
import dev.varve.kit.history.Refusals;
import dev.varve.kit.history.StreamHistory;
import dev.varve.support.ChainMedium;
import dev.varve.support.Tried;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Writers and readers of a chain are answered as if one came after the other (P7), whatever befalls
 * their requests: nothing is applied twice, nothing acknowledged is lost (P6).
 */
final class ChainHistoryProperties {
  private static final String SEED = "20260102";
  private static final int DRIVERS = 2;
  private static final int APPEND_BYTES = 4 << 20;
  private static final Duration PATIENT = Duration.ofDays(1);

  private static ChainOptions options(boolean markers, Duration deadline) {
    return ChainOptions.defaults().withMarkers(markers).withDeadline(deadline);
  }

  private static StreamHistory run(
      BlobContainer container, ChainOptions options, int writers, int readers, long seed) {
    return new ConcurrentRun(writers, readers, DRIVERS, 40, seed)
        .on(new ChainMedium(container, options));
  }

  @Property(seed = SEED, tries = 150, shrinking = ShrinkingMode.OFF)
  void aChainIsLinearizableAcrossRolls(
      @ForAll @IntRange(min = 1, max = 4) int writers,
      @ForAll @IntRange(max = 3) int readers,
      @ForAll @IntRange(min = 1, max = 6) int blocks,
      @ForAll boolean markers,
      @ForAll long seed) {
    BlobContainer container = new InMemoryContainer(new BlobLimits(APPEND_BYTES, blocks));
    StreamHistory history = run(container, options(markers, PATIENT), writers, readers, seed);
    requireLinearizable(history);
    if (markers) {
      assertEquals(0, history.unknown().size(), "a marker tells whose a block is");
    }
  }

  /** With markers and time enough every lost answer is found again. */
  @Property(seed = SEED, tries = 250, shrinking = ShrinkingMode.OFF)
  void whatBefallsRequestsIsNoticedByNobody(
      @ForAll @IntRange(min = 1, max = 4) int writers,
      @ForAll @IntRange(min = 1, max = 6) int blocks,
      @ForAll @IntRange(min = 10, max = 300) int perThousand,
      @ForAll long seed) {
    FaultyContainer container = faulty(blocks, FaultScript.seeded(seed, perThousand));
    StreamHistory history = run(container, options(true, PATIENT), writers, 2, seed);
    requireLinearizable(history);
    assertEquals(0, history.unknown().size(), () -> String.join("\n", container.journal()));
    assertReadable(container);
  }

  /** Without them, or with hardly any time, an append is unknown only if something befell one. */
  @Property(seed = SEED, tries = 250, shrinking = ShrinkingMode.OFF)
  void whatIsUnknownIsSettledAsOneOfTheTwo(
      @ForAll boolean markers,
      @ForAll @IntRange(min = 1, max = 4) int writers,
      @ForAll @IntRange(min = 1, max = 6) int blocks,
      @ForAll @IntRange(min = 10, max = 300) int perThousand,
      @ForAll long seed) {
    FaultyContainer container = faulty(blocks, FaultScript.seeded(seed, perThousand));
    Duration deadline = markers ? Duration.ofMillis(50) : PATIENT;
    StreamHistory history = run(container, options(markers, deadline), writers, 2, seed);
    requireLinearizable(history);
    Map<Integer, Fault> faults = container.faults();
    assertTrue(history.unknown().isEmpty() || !faults.isEmpty(), "unknown, and nothing befell it");
    assertReadable(container);
  }

  private static void requireLinearizable(StreamHistory history) {
    history.assertLinearizable(Refusals.MAY_TELL_A_FORMER_END);
    Tried.add("histories", 1);
  }

  /** Nothing befalls the listings with which the drivers are opened. */
  private static FaultyContainer faulty(int blocks, FaultScript script) {
    FaultScript later =
        (number, kind) -> number < DRIVERS ? Optional.empty() : script.fault(number, kind);
    return new FaultyContainer(new InMemoryContainer(new BlobLimits(APPEND_BYTES, blocks)), later);
  }

  /** Once nothing goes wrong any more, a new driver reads from the start to the end. */
  private static void assertReadable(FaultyContainer container) {
    container.settle();
    try (StorageDriver driver = BlobChainDriver.open(container, ChainOptions.defaults())) {
      EventBuffer buffer = new EventBuffer(1 << 20);
      long end = driver.end();
      long at = 0;
      while (at < end) {
        long next = driver.read(at, buffer);
        assertTrue(next > at, "reading stands still at " + at + " of " + end);
        at = next;
      }
      assertEquals(end, at);
    }
  }
}
