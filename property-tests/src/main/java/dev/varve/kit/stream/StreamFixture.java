package dev.varve.kit.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.Payloads;
import dev.varve.kit.stream.StreamTraits.Drivers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One test's stream, and the questions every part of the contract asks of it. */
final class StreamFixture implements AutoCloseable {
  /** Holds whatever a test that does not care appends. */
  static final int ROOMY_BYTES = 8 << 20;

  private static final long SEED = 0x76617276L;

  private final StreamMedium medium;
  private final List<StorageDriver> opened = new ArrayList<>();
  private @Nullable StorageDriver driver;
  private long nextKey = 1;

  StreamFixture(StreamMedium medium) {
    this.medium = medium;
  }

  StreamTraits traits() {
    return medium.traits();
  }

  /** The driver, opened at the first call. */
  StorageDriver driver() {
    StorageDriver open = driver;
    if (open == null) {
      open = open();
      driver = open;
    }
    return open;
  }

  private StorageDriver open() {
    StorageDriver open = medium.open();
    opened.add(open);
    return open;
  }

  /** Another driver of the stream, which knows nothing of what the first has learnt. */
  StorageDriver another() {
    Assumptions.assumeTrue(
        traits().drivers() == Drivers.SIMULTANEOUS, "one driver of a stream at a time");
    driver();
    return open();
  }

  /** Closes the driver and opens one that finds the stream as it is. */
  StorageDriver reopen() {
    Assumptions.assumeTrue(traits().drivers() != Drivers.ONE, "the stream ends with its driver");
    driver().close();
    driver = null;
    return driver();
  }

  /** Appends an event with the next key. */
  StreamEvent append(int contentBytes) {
    return append(nextKey++, contentBytes);
  }

  StreamEvent append(long key, int contentBytes) {
    byte[] content = StreamEvent.contentOf(key, contentBytes);
    StorageDriver open = driver();
    Append outcome = open.append(open.end(), EventBatch.of(key, content));
    return new StreamEvent(accepted(outcome).position(), key, content);
  }

  /** Appends events with ascending keys and contents of many sizes. */
  List<StreamEvent> fill(int count) {
    List<StreamEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(append(someContentBytes(nextKey)));
    }
    return events;
  }

  /** A batch of events with ascending keys and contents of many sizes. */
  EventBatch batch(int count) {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < count; i++) {
      long key = nextKey++;
      batch.add(key, StreamEvent.contentOf(key, someContentBytes(key)));
    }
    return batch;
  }

  private static int someContentBytes(long key) {
    int bound = Payloads.number(~SEED, key, 16) == 0 ? 500 : 15;
    return 8 * Payloads.number(SEED, key, bound);
  }

  static Append.Appended accepted(Append outcome) {
    return assertInstanceOf(Append.Appended.class, outcome);
  }

  static Append.Outdated refused(Append outcome) {
    return assertInstanceOf(Append.Outdated.class, outcome);
  }

  /** What a buffer shows. */
  static List<StreamEvent> shown(EventBuffer buffer) {
    List<StreamEvent> events = new ArrayList<>();
    for (int i = 0; i < buffer.count(); i++) {
      events.add(new StreamEvent(buffer.position(i), buffer.key(i), buffer.content(i)));
    }
    return events;
  }

  /** All events from a position on, read through a buffer of this size. */
  static List<StreamEvent> read(StorageDriver driver, long from, int bufferBytes) {
    EventBuffer buffer = new EventBuffer(bufferBytes);
    List<StreamEvent> events = new ArrayList<>();
    long position = from;
    while (true) {
      long next = driver.read(position, buffer);
      if (buffer.count() == 0) {
        assertEquals(position, next, "where to go on at the end");
        return events;
      }
      assertTrue(buffer.position(0) >= position, "an event before the position asked for");
      assertTrue(next > buffer.position(buffer.count() - 1), "where to go on");
      events.addAll(shown(buffer));
      position = next;
    }
  }

  static List<StreamEvent> read(StorageDriver driver) {
    return read(driver, 0, ROOMY_BYTES);
  }

  /** The stream has exactly these events, by buffers of several sizes. */
  void assertHolds(List<StreamEvent> expected) {
    assertHolds(driver(), expected);
  }

  static void assertHolds(StorageDriver driver, List<StreamEvent> expected) {
    int largest = expected.stream().mapToInt(event -> event.content().length).max().orElse(0);
    for (int bufferBytes : new int[] {largest + 16, 3 * largest + 40, ROOMY_BYTES}) {
      assertSame(expected, read(driver, 0, bufferBytes));
    }
    assertEquals(expected.isEmpty() ? 0 : expected.getLast().key(), driver.lastKey(), "lastKey");
  }

  static void assertSame(List<StreamEvent> expected, List<StreamEvent> found) {
    for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
      int at = i;
      assertTrue(
          expected.get(i).sameAs(found.get(i)),
          () -> "event %d: %s expected, %s found".formatted(at, expected.get(at), found.get(at)));
    }
    assertEquals(expected.size(), found.size(), "events");
  }

  @Override
  public void close() {
    try (medium) {
      opened.forEach(StorageDriver::close);
    }
  }
}
