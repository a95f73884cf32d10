package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** P5: a failure that no append has met is not passed over in silence. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackgroundFaultTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512).withDurability(Durability.NONE);

  @TempDir Path folder;

  private final AtomicBoolean failing = new AtomicBoolean();
  private final CompletableFuture<Thread> failed = new CompletableFuture<>();

  private final HookedIo io =
      new HookedIo(
          (operation, name) -> {
            if (failing.get() && operation.equals("write") && name.equals("superblock")) {
              boolean ignored = failed.complete(Thread.currentThread());
              throw new StorageException.Unavailable("planted");
            }
          });

  private static void fill(SegmentLog log, int records) {
    for (int i = 0; i < records; i++) {
      long ignored = log.append(new byte[100]);
    }
  }

  @Test
  void closeTellsOfAFailureInTheBackgroundThatNobodyHasBeenToldOf() throws InterruptedException {
    SegmentLog log = SegmentLog.open(folder, SMALL.withIo(io));
    fill(log, 20);
    long end = log.sync();
    failing.set(true);
    log.dropBefore(end);
    failed.join().join();
    failing.set(false);
    assertThrows(StorageException.Poisoned.class, log::close);
    assertDoesNotThrow(log::close, "a second time");
    try (SegmentLog again = SegmentLog.open(folder, SMALL)) {
      assertEquals(end, again.end());
    }
  }
}
