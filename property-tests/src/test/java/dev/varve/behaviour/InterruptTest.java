package dev.varve.behaviour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.io.LocalIo;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Cursor;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.segment.WritePath;
import dev.varve.support.TestLogs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An interrupt closes the channel that its thread is using, for everybody: a log must not care. No
 * call but {@code awaitEnd} takes notice, and the thread's flag stays as it was.
 */
final class InterruptTest {
  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  static Stream<LogOptions> options() {
    LogOptions synced = TestLogs.tiny().withDurability(Durability.SYNC);
    return Stream.of(
        TestLogs.tinyUnsynced(),
        synced,
        synced.withWritePath(WritePath.MAPPED),
        synced.withIo(LocalIo.portable()),
        TestLogs.tinyUnsynced().withIo(LocalIo.portable()));
  }

  /** Runs with the flag set and proves that it still is. */
  private static void interrupted(Runnable calls) {
    Thread.currentThread().interrupt();
    try {
      calls.run();
    } finally {
      assertTrue(Thread.interrupted(), "the flag belongs to the caller");
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyCallWorksInAnInterruptedThread(LogOptions options) {
    List<AppendedRecord> records = new ArrayList<>();
    AtomicReference<@Nullable SegmentLog> opened = new AtomicReference<>();
    interrupted(() -> opened.set(SegmentLog.open(folder, options)));
    try (SegmentLog log = Objects.requireNonNull(opened.get())) {
      interrupted(
          () -> {
            records.addAll(TestLogs.fill(log, 1, 60, 100));
            records.add(TestLogs.append(log, 2, 0, 3000));
            records.addAll(TestLogs.appendBatch(log, List.of(new byte[9], new byte[600])));
            assertEquals(log.end(), log.sync());
            TestLogs.assertHolds(records, log);
            log.dropBefore(records.get(30).position());
          });
      records.subList(0, 30).clear();
      TestLogs.assertHolds(records, log);
      records.addAll(TestLogs.fill(log, 3, 30, 100));
      interrupted(log::close);
    }
    interrupted(
        () -> {
          try (SegmentLog log = SegmentLog.open(folder, options)) {
            assertTrue(log.recovery().cleanEnd());
            TestLogs.assertHolds(records, log);
          }
          try (SegmentLog log = SegmentLog.openReadOnly(folder)) {
            TestLogs.assertHolds(records, log);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("options")
  void interruptsAtAnyMomentDisturbNobody(LogOptions options) throws InterruptedException {
    int count = options.io() == LocalIo.portable() ? 100 : 600;
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    try (SegmentLog log = SegmentLog.open(folder, options)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int seed = i;
        threads.add(start(failure, () -> appendAll(log, seed, count)));
      }
      threads.add(start(failure, () -> followAll(log, 2 * count)));
      for (int i = 0; threads.stream().anyMatch(Thread::isAlive); i++) {
        threads.get(i % threads.size()).interrupt();
        Thread.onSpinWait();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      Throwable cause = failure.get();
      if (cause != null) {
        throw new AssertionError("an interrupt was noticed", cause);
      }
      assertEquals(2 * count, TestLogs.content(log).size());
      assertTrue(log.verify().whole());
    }
  }

  private static Thread start(AtomicReference<@Nullable Throwable> failure, Runnable body) {
    return Thread.ofPlatform()
        .uncaughtExceptionHandler((_, e) -> failure.compareAndSet(null, e))
        .start(body);
  }

  private static void appendAll(SegmentLog log, int seed, int count) {
    for (int i = 0; i < count; i++) {
      byte[] payload = Payloads.bytes(seed, i, Payloads.number(seed, i, 300));
      long position = log.append(payload);
      assertArrayEquals(payload, log.read(position));
      if (i % 50 == 0) {
        log.sync();
      }
    }
  }

  private static void followAll(SegmentLog log, int count) {
    try (Cursor cursor = log.forward()) {
      for (int seen = 0; seen < count; ) {
        if (cursor.next()) {
          seen++;
        } else {
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  void awaitEndIsTheOneCallThatAnInterruptEnds() {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
      Thread.currentThread().interrupt();
      assertThrows(
          InterruptedException.class, () -> log.awaitEnd(log.end(), Duration.ofMinutes(1)));
      TestLogs.append(log, 1, 0, 10);
      assertEquals(1, TestLogs.content(log).size());
    }
  }
}
