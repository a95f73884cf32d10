package dev.varve.behaviour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Batch;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.support.TestLogs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A future of an append completes with its position once that is durable, at every level. */
final class AppendAsyncTest {
  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  static Stream<LogOptions> options() {
    return Stream.of(
        TestLogs.tiny().withDurability(Durability.SYNC),
        TestLogs.tiny().withDurability(Durability.interval(Duration.ofMillis(2))),
        TestLogs.tiny().withDurability(Durability.NONE));
  }

  @ParameterizedTest
  @MethodSource("options")
  void futuresCompleteWhenTheirRecordsAreDurable(LogOptions options)
      throws ExecutionException, InterruptedException {
    try (SegmentLog log = SegmentLog.open(folder, options)) {
      List<CompletableFuture<Long>> futures = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        futures.add(
            log.appendAsync(payload(i))
                .thenApply(
                    position -> {
                      assertTrue(log.durableEnd() > position, "completed before it was durable");
                      return position;
                    }));
      }
      long last = -1;
      for (int i = 0; i < futures.size(); i++) {
        long position = futures.get(i).get();
        assertTrue(position > last, "in the order of the calls");
        assertArrayEquals(payload(i), log.read(position));
        last = position;
      }
      Batch batch = new Batch().add(payload(1)).add(payload(2));
      long first = log.appendAsync(batch).get();
      assertTrue(first > last && log.durableEnd() > first);
      assertEquals(302, TestLogs.content(log).size());
    }
  }

  private static byte[] payload(int i) {
    return Payloads.bytes(1, i, i);
  }

  @ParameterizedTest
  @MethodSource("options")
  void closingCompletesWhatWasPromised(LogOptions options) throws InterruptedException {
    List<CompletableFuture<Long>> futures = new ArrayList<>();
    SegmentLog log = SegmentLog.open(folder, options);
    for (int i = 0; i < 100; i++) {
      futures.add(log.appendAsync(payload(i)));
    }
    log.close();
    List<Long> kept = new ArrayList<>();
    for (CompletableFuture<Long> future : futures) {
      try {
        kept.add(future.get());
      } catch (ExecutionException e) {
        assertInstanceOf(IllegalStateException.class, e.getCause());
      }
    }
    try (SegmentLog again = SegmentLog.open(folder)) {
      for (int i = 0; i < kept.size(); i++) {
        assertArrayEquals(payload(i), again.read(kept.get(i)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void afterCloseAnAppendIsMisuse(LogOptions options) {
    SegmentLog log = SegmentLog.open(folder, options);
    log.close();
    assertThrows(
        IllegalStateException.class,
        () -> {
          try {
            log.appendAsync(new byte[1]).get();
          } catch (ExecutionException e) {
            throw e.getCause();
          }
        });
  }
}
