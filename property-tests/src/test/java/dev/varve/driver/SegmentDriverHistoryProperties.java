package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.kit.ScratchFolder;
import dev.varve.kit.history.ConcurrentRun;
import dev.varve.kit.history.Refusals;
import dev.varve.kit.history.StreamHistory;
import dev.varve.kit.stream.StreamMedium;
import dev.varve.kit.stream.StreamTraits;
import dev.varve.kit.stream.StreamTraits.Drivers;
import dev.varve.segment.LogOptions;
import dev.varve.support.TestLogs;
import dev.varve.support.Tried;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Writers and readers of a stream on a log are answered as if one came after the other (P7). */
final class SegmentDriverHistoryProperties {
  private static final String SEED = "20260104";

  @Property(seed = SEED, tries = 60, shrinking = ShrinkingMode.OFF)
  void aStreamOnALogIsLinearizable(
      @ForAll @IntRange(min = 1, max = 4) int writers,
      @ForAll @IntRange(max = 3) int readers,
      @ForAll boolean synced,
      @ForAll long seed) {
    LogOptions options = synced ? TestLogs.tiny() : TestLogs.tinyUnsynced();
    StreamHistory history;
    try (Folder medium = new Folder(options)) {
      history = new ConcurrentRun(writers, readers, 1, 50, seed).on(medium);
    }
    history.assertLinearizable(Refusals.MAY_TELL_A_FORMER_END);
    Tried.add("histories", 1);
    assertEquals(List.of(), history.unknown());
  }

  private record Folder(ScratchFolder scratch, LogOptions options) implements StreamMedium {
    Folder(LogOptions options) {
      this(ScratchFolder.quick(), options);
    }

    @Override
    public StorageDriver open() {
      return SegmentDriver.open(scratch.path().resolve("stream"), options);
    }

    @Override
    public StreamTraits traits() {
      return StreamTraits.of(Drivers.SUCCESSIVE);
    }

    @Override
    public void close() {
      scratch.close();
    }
  }
}
