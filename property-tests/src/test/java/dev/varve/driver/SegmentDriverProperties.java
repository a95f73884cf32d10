package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Streams.Event;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.LogOptions;
import dev.varve.support.TestLogs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Whatever is done to a stream, it answers as the list of what was appended would. */
final class SegmentDriverProperties {
  private static final String SEED = "20260101";

  /** What is done to a stream; places are given in thousandths of it. */
  sealed interface Step {
    record Append(int count) implements Step {}

    record Stale(int place) implements Step {}

    record Read(int place, int room) implements Step {}

    record Seek(int key, int place) implements Step {}

    record Reopen() implements Step {}
  }

  @Property(seed = SEED, tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void syncedStreamIsItsHistory(@ForAll("histories") List<Step> steps) {
    run(TestLogs.tiny(), steps);
  }

  @Property(seed = SEED, tries = 120, shrinking = ShrinkingMode.BOUNDED)
  void unsyncedStreamIsItsHistory(@ForAll("histories") List<Step> steps) {
    run(TestLogs.tinyUnsynced(), steps);
  }

  private static void run(LogOptions options, List<Step> steps) {
    try (ScratchFolder scratch = ScratchFolder.quick()) {
      Model model = new Model(scratch.path().resolve("stream"), options);
      try {
        steps.forEach(model::take);
        model.take(new Step.Reopen());
      } finally {
        model.driver.close();
      }
    }
  }

  private static final class Model {
    private final Path folder;
    private final LogOptions options;
    private final List<Event> events = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>(List.of(0L));
    private SegmentDriver driver;

    Model(Path folder, LogOptions options) {
      this.folder = folder;
      this.options = options;
      this.driver = SegmentDriver.open(folder, options);
    }

    void take(Step step) {
      switch (step) {
        case Step.Append append -> append(append.count());
        case Step.Stale stale -> refuse(stale.place());
        case Step.Read read -> read(read.place(), read.room());
        case Step.Seek seek -> seek(seek.key(), seek.place());
        case Step.Reopen reopen -> reopen();
      }
      assertEquals(ends.getLast(), driver.end());
      assertEquals(events.isEmpty() ? 0 : events.getLast().key(), driver.lastKey());
    }

    private void append(int count) {
      events.addAll(Streams.append(driver, count, events.size()));
      ends.add(driver.end());
    }

    private void refuse(int place) {
      long former = ends.get(place * (ends.size() - 1) / 1000);
      EventBatch batch = EventBatch.of(1, new byte[8]);
      if (former < ends.getLast()) {
        assertEquals(new Append.Outdated(ends.getLast()), driver.append(former, batch));
      }
      long ahead = ends.getLast() + 1 + place;
      assertEquals(new Append.Outdated(ends.getLast()), driver.append(ahead, batch));
      assertEquals(
          new Append.Appended(ends.getLast(), ends.getLast()),
          driver.append(ends.getLast(), new EventBatch()));
    }

    private void read(int place, int room) {
      int first = place * events.size() / 1000;
      if (first < events.size()) {
        List<Event> rest = events.subList(first, events.size());
        long from = rest.getFirst().position();
        assertEquals(rest, Streams.read(driver, from, new EventBuffer(room)));
      }
      long end = ends.get(place * (ends.size() - 1) / 1000);
      List<Event> behind = events.stream().filter(event -> event.position() >= end).toList();
      assertEquals(behind, Streams.read(driver, end, new EventBuffer(room)));
    }

    private void seek(int key, int place) {
      int first = place * events.size() / 1000;
      long from = first < events.size() ? events.get(first).position() : driver.end();
      long found = driver.seek(key, from);
      long exact =
          events.stream()
              .filter(event -> event.position() >= from && event.key() >= key)
              .mapToLong(Event::position)
              .findFirst()
              .orElse(driver.end());
      assertTrue(found >= from, () -> found + " is before " + from);
      assertTrue(found <= exact, () -> "key %d: %d is behind %d".formatted(key, found, exact));
      List<Event> rest = events.stream().filter(event -> event.position() >= found).toList();
      assertEquals(rest, Streams.read(driver, found));
    }

    private void reopen() {
      driver.close();
      driver = SegmentDriver.open(folder, options);
      Streams.assertHolds(events, driver);
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Integer> thousandths = Arbitraries.integers().between(0, 1000);
    Arbitrary<Integer> keys = Arbitraries.integers().between(0, 1001);
    Arbitrary<Integer> rooms = Arbitraries.integers().between(16, 3000);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.integers().between(1, 30).map(Step.Append::new)),
            Tuple.of(1, thousandths.map(Step.Stale::new)),
            Tuple.of(3, Combinators.combine(thousandths, rooms).as(Step.Read::new)),
            Tuple.of(5, Combinators.combine(keys, thousandths).as(Step.Seek::new)),
            Tuple.of(1, Arbitraries.of(new Step.Reopen())));
    return step.list().ofMinSize(1).ofMaxSize(50);
  }
}
