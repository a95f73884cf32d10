package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** P5: after a failed sync nothing is called durable any more, whatever failed before it. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailStopTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512);

  @TempDir Path folder;

  private final AtomicBoolean noSpace = new AtomicBoolean();
  private final AtomicBoolean failSync = new AtomicBoolean();
  private final HookedIo io =
      new HookedIo(
          (operation, name) -> {
            if (operation.equals("allocate") && SegmentNames.isPool(name) && noSpace.get()) {
              throw new StorageException.Full("planted", null);
            }
            if (operation.equals("force") && failSync.getAndSet(false)) {
              throw new StorageException.Unavailable("planted");
            }
          });

  @Test
  void aSyncThatFailedAfterTheDiskWasFullIsNotTriedAgain() {
    LogOptions options = SMALL.withDurability(Durability.NONE).withWritePath(WritePath.MAPPED);
    SegmentLog log = SegmentLog.open(folder, options.withIo(io));
    noSpace.set(true);
    long durable = log.sync();
    assertThrows(StorageException.Full.class, () -> fill(log));
    failSync.set(true);
    assertThrows(StorageException.class, log::sync);
    assertThrows(StorageException.class, log::sync);
    assertTrue(log.durableEnd() < log.end(), "durable end " + log.durableEnd());
    assertTrue(log.durableEnd() >= durable);
    log.close();
    try (SegmentLog again = SegmentLog.open(folder, options)) {
      assertFalse(again.recovery().cleanEnd());
    }
  }

  private static void fill(SegmentLog log) {
    for (int i = 0; i < 10_000; i++) {
      long ignored = log.append(new byte[100]);
    }
  }

  @Test
  void aSyncThatFindsNoSpaceFailsTheAppendAndIsNotTriedAgain() {
    AtomicBoolean fail = new AtomicBoolean();
    HookedIo full =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("sync")
                  && name.equals(SegmentNames.pool(0))
                  && fail.getAndSet(false)) {
                throw new StorageException.Full("planted", null);
              }
            });
    SegmentLog log = SegmentLog.open(folder, SMALL.withIo(full));
    long first = log.append(new byte[10]);
    fail.set(true);
    assertThrows(StorageException.Unknown.class, () -> log.append(new byte[10]));
    assertThrows(StorageException.Poisoned.class, () -> log.append(new byte[10]));
    assertEquals(first + 34, log.durableEnd());
    assertEquals(10, log.read(first).length);
    log.close();
  }
}
