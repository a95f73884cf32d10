package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.varve.kit.Payloads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Streams of the tests: what is appended to them, and what is in them. */
final class Streams {
  private static final long SEED = 3;
  private static final int ROOM = 2048;

  private Streams() {}

  /** An event; its position is -1 before it has one. */
  @SuppressWarnings("ArrayRecordComponent")
  record Event(long position, long key, byte[] content) {
    Event at(long where) {
      return new Event(where, key, content);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Event event
          && position == event.position
          && key == event.key
          && Arrays.equals(content, event.content);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(31 * position + key);
    }

    @Override
    public String toString() {
      return "event of key %d and %d bytes at %d".formatted(key, content.length, position);
    }
  }

  /** An event of derivable content. */
  static Event event(long key, long number, int contentBytes) {
    return new Event(-1, key, Payloads.bytes(SEED, number, contentBytes));
  }

  /** The event of this number: any key, mostly small. */
  static Event event(long number) {
    long key = 1L + Payloads.number(SEED, number, 1000);
    int words = Payloads.number(SEED, ~number, Payloads.number(SEED, number + 7, 5) == 0 ? 70 : 6);
    return event(key, number, 8 * words);
  }

  /** Appends one event at the end. */
  static Append.Appended appended(StorageDriver driver, Event event) {
    EventBatch batch = EventBatch.of(event.key(), event.content());
    return assertInstanceOf(Append.Appended.class, driver.append(driver.end(), batch));
  }

  /** Appends a batch of numbered events at the end and returns them with their positions. */
  static List<Event> append(StorageDriver driver, int count, long firstNumber) {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < count; i++) {
      Event event = event(firstNumber + i);
      batch.add(event.key(), event.content());
    }
    long before = driver.end();
    Append.Appended done = assertInstanceOf(Append.Appended.class, driver.append(before, batch));
    assertEquals(done.end(), driver.end());
    List<Event> events = read(driver, done.position());
    assertEquals(events, read(driver, before));
    assertEquals(count, events.size());
    for (int i = 0; i < count; i++) {
      assertEquals(event(firstNumber + i).at(events.get(i).position()), events.get(i));
    }
    assertEquals(done.position(), events.getFirst().position());
    return events;
  }

  /** All events from a position on. */
  static List<Event> read(StorageDriver driver, long from) {
    return read(driver, from, new EventBuffer(ROOM));
  }

  /** The same through a buffer, which is replaced where it is too small. */
  static List<Event> read(StorageDriver driver, long from, EventBuffer given) {
    List<Event> events = new ArrayList<>();
    EventBuffer buffer = given;
    for (long at = from; ; ) {
      try {
        long next = driver.read(at, buffer);
        events.addAll(events(buffer));
        if (buffer.count() == 0) {
          assertEquals(at, next);
          return events;
        }
        at = next;
      } catch (BufferTooSmallException small) {
        buffer = new EventBuffer(small.neededBytes());
      }
    }
  }

  /** The events in a buffer. */
  static List<Event> events(EventBuffer buffer) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < buffer.count(); i++) {
      events.add(new Event(buffer.position(i), buffer.key(i), buffer.content(i)));
    }
    return events;
  }

  /** The stream holds exactly these events, from wherever it is read. */
  static void assertHolds(List<Event> expected, StorageDriver driver) {
    assertEquals(expected, read(driver, 0));
    assertEquals(expected.isEmpty() ? 0 : expected.getLast().key(), driver.lastKey());
    for (int i = 0; i < expected.size(); i += 7) {
      List<Event> rest = expected.subList(i, expected.size());
      assertEquals(rest, read(driver, rest.getFirst().position()));
    }
  }
}
