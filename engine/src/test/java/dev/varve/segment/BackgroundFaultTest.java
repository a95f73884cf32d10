package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** P5: a failure that no append has met is not passed over in silence. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackgroundFaultTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512).withDurability(Durability.NONE);

  @TempDir Path folder;

  private final AtomicReference<String> failing = new AtomicReference<>("nothing");
  private final CompletableFuture<Thread> failed = new CompletableFuture<>();

  private final HookedIo io =
      new HookedIo(
          (operation, name) -> {
            if (operation.equals(failing.get())) {
              if (operation.equals("allocate")) {
                throw new StorageException.Full("planted", null);
              }
              boolean ignored = failed.complete(Thread.currentThread());
              throw new StorageException.Unavailable("planted");
            }
          });

  private static void fill(SegmentLog log, int records) {
    for (int i = 0; i < records; i++) {
      long ignored = log.append(new byte[100]);
    }
  }

  /** Nothing but the superblock is written by position on the mapped path. */
  private long failInBackground(SegmentLog log) throws InterruptedException {
    long end = log.sync();
    failing.set("write");
    log.dropBefore(end);
    failed.join().join();
    failing.set("nothing");
    return end;
  }

  @Test
  void closeTellsOfAFailureInTheBackgroundThatNobodyHasBeenToldOf() throws InterruptedException {
    SegmentLog log = SegmentLog.open(folder, SMALL.withIo(io));
    fill(log, 20);
    long end = failInBackground(log);
    assertThrows(StorageException.Poisoned.class, log::close);
    assertDoesNotThrow(log::close, "a second time");
    try (SegmentLog again = SegmentLog.open(folder, SMALL)) {
      assertEquals(end, again.end());
    }
  }

  @Test
  void closeTellsOfAFailureInTheBackgroundThoughTheDiskWasFullBefore() throws InterruptedException {
    SegmentLog log = SegmentLog.open(folder, SMALL.withIo(io));
    fill(log, 20);
    failing.set("allocate");
    assertThrows(StorageException.Full.class, () -> fill(log, 10_000));
    long ignored = failInBackground(log);
    assertThrows(StorageException.Poisoned.class, log::close);
  }

  @Test
  void closeDoesNotTellAgainOfWhatAnAsynchronousAppendHasThrown() throws InterruptedException {
    SegmentLog log = SegmentLog.open(folder, SMALL.withIo(io));
    fill(log, 20);
    long ignored = failInBackground(log);
    assertThrows(StorageException.Poisoned.class, () -> log.appendAsync(new byte[100]));
    assertDoesNotThrow(log::close);
  }

  @Test
  void closeDoesNotTellAgainOfWhatAFutureHasTold() {
    SegmentLog log = SegmentLog.open(folder, SMALL.withIo(io));
    failing.set("force");
    CompletableFuture<Long> future = log.appendAsync(new byte[100]);
    CompletionException told = assertThrows(CompletionException.class, future::join);
    assertInstanceOf(StorageException.Unknown.class, told.getCause());
    assertDoesNotThrow(log::close);
  }
}
