package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Streams.Event;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.LogOptions;
import dev.varve.segment.WritePath;
import dev.varve.support.TestLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads that share a driver: of those that expect the same end exactly one wins (P6, P7). */
final class SegmentDriverContentionTest {
  private static final int WRITERS = 8;
  private static final int WINS = 60;
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Which threads, and which log. */
  enum Setting {
    SYNCED(TestLogs.tiny(), false),
    SYNCED_MAPPED(TestLogs.tiny().withWritePath(WritePath.MAPPED), false),
    UNSYNCED(TestLogs.tinyUnsynced(), false),
    VIRTUAL(TestLogs.tiny(), true);

    @SuppressWarnings("ImmutableEnumChecker")
    private final LogOptions options;

    private final boolean virtual;

    Setting(LogOptions options, boolean virtual) {
      this.options = options;
      this.virtual = virtual;
    }

    ExecutorService threads() {
      return virtual
          ? Executors.newVirtualThreadPerTaskExecutor()
          : Executors.newCachedThreadPool();
    }
  }

  private final ScratchFolder scratch = ScratchFolder.quick();

  /** Every win: the end that was expected, and what was appended there. */
  private final ConcurrentSkipListMap<Long, Append.Appended> wins = new ConcurrentSkipListMap<>();

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private SegmentDriver open(Setting setting) {
    return SegmentDriver.open(scratch.path().resolve("stream"), setting.options);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostOrThereTwice(Setting setting) throws Exception {
    try (ExecutorService threads = setting.threads();
        SegmentDriver driver = open(setting)) {
      List<Future<?>> writers = new ArrayList<>();
      Future<List<Event>> follower = threads.submit(() -> follow(driver));
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        writers.add(threads.submit(() -> win(driver, number)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      check(Streams.read(driver, 0), driver.end());
      assertEquals(Streams.read(driver, 0), follower.get());
    }
    try (SegmentDriver driver = open(setting)) {
      check(Streams.read(driver, 0), driver.end());
    }
  }

  /** Appends batches of one to three events, each until it wins. */
  private void win(SegmentDriver driver, int writer) {
    EventBatch batch = new EventBatch();
    long expected = 0;
    for (int number = 0; number < WINS; number++) {
      fill(batch.clear(), writer, number);
      for (boolean won = false; !won; ) {
        switch (driver.append(expected, batch)) {
          case Append.Appended appended -> {
            assertNull(wins.put(expected, appended), "an end was won twice");
            expected = appended.end();
            won = true;
          }
          case Append.Outdated outdated -> {
            assertTrue(outdated.end() > expected, "refused without reason");
            expected = outdated.end();
          }
          case Append.Unknown unknown -> throw unknown.cause();
        }
      }
    }
  }

  private static void fill(EventBatch batch, int writer, int number) {
    for (int part = 0; part <= number % 3; part++) {
      batch.add(key(writer, number, part), new byte[8 * (number % 40)]);
    }
  }

  private static long key(int writer, int number, int part) {
    return 1L + writer * 10_000L + number * 10L + part;
  }

  /** Reads until all events have come, and sees ends and keys that only ever go on. */
  private static List<Event> follow(SegmentDriver driver) throws InterruptedException {
    int total = 0;
    for (int number = 0; number < WINS; number++) {
      total += WRITERS * (1 + number % 3);
    }
    List<Event> events = new ArrayList<>();
    EventBuffer buffer = new EventBuffer(2048);
    long at = 0;
    while (events.size() < total) {
      assertTrue(driver.awaitEnd(at, LONG), "nothing came");
      long next = driver.read(at, buffer);
      assertTrue(next > at && driver.end() >= next, "an end went back");
      events.addAll(Streams.events(buffer));
      at = next;
    }
    return events;
  }

  private void check(List<Event> events, long end) {
    Set<Long> keys = new HashSet<>();
    events.forEach(event -> assertTrue(keys.add(event.key()), () -> event + " is there twice"));
    assertEquals(WRITERS * WINS, wins.size());
    long expected = 0;
    for (var win : new TreeMap<>(wins).entrySet()) {
      assertEquals(expected, win.getKey(), "the wins form one chain");
      expected = win.getValue().end();
    }
    assertEquals(expected, end);
    int at = 0;
    for (Append.Appended win : wins.values()) {
      assertEquals(win.position(), events.get(at).position());
      while (at < events.size() && events.get(at).position() < win.end()) {
        at++;
      }
    }
    assertEquals(events.size(), at);
  }

  /** They come across each other's cursors, more of them than are kept. */
  @Test
  void manyReadersAreAllShownTheSame() throws Exception {
    try (ExecutorService threads = Setting.UNSYNCED.threads();
        SegmentDriver driver = open(Setting.UNSYNCED)) {
      for (int i = 0; i < 100; i++) {
        List<Event> ignored = Streams.append(driver, 5, 5L * i);
      }
      List<Event> events = Streams.read(driver, 0);
      List<Future<?>> readers = new ArrayList<>();
      for (int reader = 0; reader < 2 * WRITERS; reader++) {
        Random random = new Random(reader);
        readers.add(threads.submit(() -> readAnywhere(driver, events, random)));
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
  }

  private static void readAnywhere(SegmentDriver driver, List<Event> events, Random random) {
    EventBuffer buffer = new EventBuffer(1024);
    for (int i = 0; i < 200; i++) {
      // Few places, so that readers meet.
      int first = random.nextInt(10) * 50;
      List<Event> rest = events.subList(first, Math.min(first + 50, events.size()));
      long from = rest.getFirst().position();
      assertEquals(rest, Streams.read(driver, from, buffer).subList(0, rest.size()));
      assertTrue(driver.seek(1, from) == from, "every key is larger");
    }
  }

  @ParameterizedTest
  @EnumSource
  void waitersAreRefusedWhenTheDriverIsClosed(Setting setting) throws Exception {
    try (ExecutorService threads = setting.threads()) {
      SegmentDriver driver = open(setting);
      assertFalse(driver.awaitEnd(0, Duration.ZERO));
      AtomicBoolean begun = new AtomicBoolean();
      Future<Boolean> waiter =
          threads.submit(
              () -> {
                begun.set(true);
                return driver.awaitEnd(0, LONG);
              });
      while (!begun.get()) {
        Thread.onSpinWait();
      }
      driver.close();
      ExecutionException refused = assertThrows(ExecutionException.class, waiter::get);
      assertInstanceOf(IllegalStateException.class, refused.getCause());
    }
  }
}
