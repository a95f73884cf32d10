package dev.varve.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Cursor;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.RecordReader;
import dev.varve.segment.SegmentLog;
import dev.varve.support.TestLogs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Closing a log while it is used ends every use with {@link IllegalStateException}, not the JVM.
 */
final class CloseUnderUseTest {
  private static final int REPETITIONS = 40;

  private final ScratchFolder scratch = ScratchFolder.quick();

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  static Stream<LogOptions> options() {
    LogOptions small = TestLogs.tiny().withSegmentSize(8 * TestLogs.TINY_BLOCK);
    return Stream.of(small.withDurability(Durability.NONE), small.withDurability(Durability.SYNC));
  }

  /** What a thread does with the log until that ends it. */
  @FunctionalInterface
  private interface Use {
    void once(SegmentLog log, AtomicLong turn) throws InterruptedException;
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyUseEndsWithIllegalState(LogOptions options) throws InterruptedException {
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      Path folder = scratch.folder("log-" + repetition);
      AtomicLong acknowledged = new AtomicLong();
      closeUnderUse(folder, options, repetition, acknowledged);
      try (SegmentLog log = SegmentLog.open(folder, options)) {
        assertTrue(log.verify().whole());
        long held = TestLogs.content(log).size();
        assertTrue(held >= acknowledged.get(), held + " of " + acknowledged + " acknowledged");
      }
    }
  }

  private static void closeUnderUse(
      Path folder, LogOptions options, int repetition, AtomicLong acknowledged)
      throws InterruptedException {
    ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
    SegmentLog log = SegmentLog.open(folder, options);
    List<AppendedRecord> records = TestLogs.fill(log, repetition, 20, 300);
    acknowledged.addAndGet(records.size());
    List<Use> uses = uses(records, acknowledged);
    CountDownLatch running = new CountDownLatch(uses.size());
    List<Thread> threads = new ArrayList<>();
    for (Use use : uses) {
      threads.add(Thread.ofPlatform().start(() -> useUntilClosed(log, use, running, wrong)));
    }
    running.await();
    for (int spin = Payloads.number(3, repetition, 20_000); spin > 0; spin--) {
      Thread.onSpinWait();
    }
    log.close();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), List.copyOf(wrong), "in repetition " + repetition);
  }

  private static void useUntilClosed(
      SegmentLog log, Use use, CountDownLatch running, ConcurrentLinkedQueue<Throwable> wrong) {
    AtomicLong turn = new AtomicLong();
    try {
      use.once(log, turn);
      running.countDown();
      while (true) {
        turn.incrementAndGet();
        use.once(log, turn);
      }
    } catch (IllegalStateException closed) {
      // What closing promises.
    } catch (Throwable e) {
      wrong.add(e);
    } finally {
      running.countDown();
    }
  }

  private static List<Use> uses(List<AppendedRecord> records, AtomicLong acknowledged) {
    return List.of(
        (log, _) -> walk(log.forward()),
        (log, _) -> walk(log.backward()),
        (log, turn) -> log.read(records.get((int) (turn.get() % records.size())).position()),
        (log, turn) -> readAll(log.reader(), records),
        (log, turn) -> {
          log.append(Payloads.bytes(1, turn.get(), 40));
          acknowledged.incrementAndGet();
        },
        (log, _) -> log.awaitEnd(log.end(), Duration.ofSeconds(30)),
        (log, _) -> {
          log.sync();
          log.end();
        });
  }

  private static void walk(Cursor start) {
    try (start) {
      while (start.next()) {
        start.toByteArray();
      }
    }
  }

  private static void readAll(RecordReader reader, List<AppendedRecord> records) {
    for (AppendedRecord record : records) {
      reader.read(record.position());
      assertEquals(record.payload().length, reader.toByteArray().length);
    }
  }
}
