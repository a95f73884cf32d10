package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A background thread that dies tells those who wait for it. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackgroundErrorTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512).withDurability(Durability.NONE);

  @TempDir Path folder;

  @Test
  void aBackgroundThreadThatDiesOfAnErrorFailsTheAppendsThatNeedIt() {
    AtomicBoolean noMemory = new AtomicBoolean();
    HookedIo broken =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("allocate") && noMemory.get()) {
                throw new OutOfMemoryError("planted");
              }
            });
    SegmentLog log = SegmentLog.open(folder, SMALL.withIo(broken));
    noMemory.set(true);
    assertThrows(StorageException.Unavailable.class, () -> fill(log));
    log.close();
  }

  @Test
  void whereNoThreadCanBeHadTheAppendsThatNeedItAreTold() {
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      assertEquals(0, log.append(new byte[10]));
    }
    AtomicInteger started = new AtomicInteger();
    HookedIo scarce =
        new HookedIo(
            (operation, name) -> {
              // The preparer is the second to start, by the first.
              if (operation.equals("start") && started.incrementAndGet() == 2) {
                throw new OutOfMemoryError("planted");
              }
            });
    SegmentLog log = SegmentLog.open(folder, SMALL.withIo(scarce));
    StorageException told = assertThrows(StorageException.Unavailable.class, () -> fill(log));
    assertEquals("no segment could be prepared", told.getMessage());
    log.close();
  }

  @Test
  void whereTheFirstThreadCannotBeHadAnAppendIsToldAndTheNextTriesAgain() {
    AtomicInteger started = new AtomicInteger();
    HookedIo scarce =
        new HookedIo(
            (operation, name) -> {
              // A new log has a segment made by the first thread; the second is the append's.
              if (operation.equals("start") && started.incrementAndGet() == 2) {
                throw new OutOfMemoryError("planted");
              }
            });
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(scarce))) {
      assertEquals(0, log.append(new byte[200]));
      long end = log.end();
      assertThrows(OutOfMemoryError.class, () -> log.append(new byte[200]));
      assertEquals(end, log.end());
      long next = log.append(new byte[200]);
      assertEquals(200, log.read(next).length);
      assertEquals(3, started.get());
    }
  }

  @Test
  void aDropThatCannotHaveItsThreadChangesNothingAndMayBeTriedAgain() {
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      assertEquals(0, log.append(new byte[200]));
      assertEquals(256, log.append(new byte[200]));
      assertEquals(512, log.append(new byte[200]));
    }
    AtomicBoolean scarce = new AtomicBoolean(true);
    HookedIo io =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("start") && scarce.get()) {
                throw new OutOfMemoryError("planted");
              }
            });
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(io))) {
      long head = log.head();
      assertThrows(OutOfMemoryError.class, () -> log.dropBefore(head));
      assertEquals(0, log.tail());
      scarce.set(false);
      log.dropBefore(head);
      assertEquals(head, log.tail());
      while (Files.exists(folder.resolve(SegmentNames.segment(0)))) {
        Thread.onSpinWait();
      }
    }
  }

  private static void fill(SegmentLog log) {
    for (int i = 0; i < 10_000; i++) {
      long ignored = log.append(new byte[100]);
    }
  }
}
