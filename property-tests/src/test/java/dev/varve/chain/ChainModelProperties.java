package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Append.Appended;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.kit.Payloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Every position is found in its link, whichever driver is asked, whether links were compacted or
 * not: a chain answers as the list of its events would.
 */
final class ChainModelProperties {
  private static final String SEED = "20260103";
  private static final int APPEND_BYTES = 1 << 16;
  private static final int LARGEST_FRAME_BYTES = 12 + 8 * 40;
  private static final int MARKER_BYTES = 36;
  private static final int STEPS = 80;

  /** An event and where it is. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Event(long position, long key, byte[] content) {}

  @Property(seed = SEED, tries = 150, shrinking = ShrinkingMode.OFF)
  void aChainIsTheListOfItsEvents(
      @ForAll @IntRange(min = 1, max = 5) int blocks,
      @ForAll boolean markers,
      @ForAll @IntRange(min = 64, max = 4096) int sliceBytes,
      @ForAll long seed) {
    ChainOptions options = ChainOptions.defaults().withMarkers(markers).withSliceBytes(sliceBytes);
    Model model = new Model(blocks, options, new Random(seed));
    for (int step = 0; step < STEPS; step++) {
      model.step();
    }
    model.openAnother();
    model.read(0);
    model.close();
  }

  private static final class Model {
    private final InMemoryContainer container;
    private final ChainOptions options;
    private final Random random;
    private final List<BlobChainDriver> drivers = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    Model(int blocks, ChainOptions options, Random random) {
      this.container = new InMemoryContainer(new BlobLimits(APPEND_BYTES, blocks));
      this.options = options;
      this.random = random;
      openAnother();
      openAnother();
    }

    void openAnother() {
      drivers.add(BlobChainDriver.open(container, options));
    }

    private BlobChainDriver some() {
      return drivers.get(random.nextInt(drivers.size()));
    }

    void step() {
      int chosen = random.nextInt(20);
      if (chosen < 10) {
        append();
      } else if (chosen < 15) {
        read(random.nextInt(events.size() + 1));
      } else if (chosen < 18) {
        seek(random.nextInt(events.size() + 1));
      } else if (chosen < 19) {
        assertTrue(some().compact() >= 0);
      } else {
        openAnother();
      }
    }

    private void append() {
      BlobChainDriver driver = some();
      EventBatch batch = new EventBatch();
      List<Event> added = new ArrayList<>();
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        int number = events.size() + i;
        byte[] content = Payloads.bytes(1, number, 8 * random.nextInt(41));
        long key = 1L + random.nextInt(50);
        batch.add(key, content);
        added.add(new Event(batch.frameBytes() - 12 - content.length, key, content));
      }
      Appended appended = assertInstanceOf(Appended.class, driver.append(driver.end(), batch));
      for (Event event : added) {
        events.add(new Event(appended.position() + event.position(), event.key(), event.content()));
      }
    }

    private long position(int index) {
      return index == events.size() ? drivers.getFirst().end() : events.get(index).position();
    }

    void read(int from) {
      BlobChainDriver driver = some();
      EventBuffer buffer =
          new EventBuffer(LARGEST_FRAME_BYTES + MARKER_BYTES + random.nextInt(6_000));
      int seen = from;
      long at = position(from);
      do {
        at = driver.read(at, buffer);
        for (int i = 0; i < buffer.count(); i++) {
          Event expected = events.get(seen++);
          assertEquals(expected.position(), buffer.position(i));
          assertEquals(expected.key(), buffer.key(i));
          assertArrayEquals(expected.content(), buffer.content(i));
        }
      } while (buffer.count() > 0);
      assertEquals(events.size(), seen, "events that were read");
    }

    private void seek(int from) {
      long key = random.nextInt(52);
      long start = position(from);
      long found = some().seek(key, start);
      assertTrue(found >= start, "seek went back");
      for (Event event : events.subList(from, events.size())) {
        if (event.key() >= key) {
          assertTrue(found <= event.position(), "seek was late");
          return;
        }
      }
    }

    void close() {
      drivers.forEach(BlobChainDriver::close);
    }
  }
}
