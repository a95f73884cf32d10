package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What opening a folder leaves alone, gives back and repairs. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpeningTest {
  private static final LogOptions SMALL =
      LogOptions.defaults()
          .withBlockSize(256)
          .withSegmentSize(1024)
          .withDurability(Durability.NONE);

  @TempDir Path folder;

  @Test
  void aLogThatAppearsBeforeTheLockIsTakenIsKept() {
    AtomicBoolean first = new AtomicBoolean(true);
    HookedIo late =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("lock")
                  && name.equals(SegmentNames.WRITER_LOCK)
                  && first.getAndSet(false)) {
                appendAndClose(new byte[] {1, 2, 3});
              }
            });
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(late))) {
      assertFalse(log.recovery().created());
      assertArrayEquals(new byte[] {1, 2, 3}, log.read(0));
    }
  }

  private void appendAndClose(byte[] payload) {
    try (SegmentLog other = SegmentLog.open(folder, SMALL)) {
      assertEquals(0, other.append(payload));
    }
  }

  @Test
  void aFullDiskAtTheStartLeavesTheLogFreeToBeOpenedAgain() {
    HookedIo full =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("allocate") && SegmentNames.isPool(name)) {
                throw new StorageException.Full("planted", null);
              }
            });
    assertThrows(
        StorageException.Full.class, () -> SegmentLog.open(folder, SMALL.withIo(full)).close());
    appendAndClose(new byte[] {1});
  }

  @Test
  void missingFoldersParentIsNotCreated() {
    Path nested = folder.resolve("a").resolve("b");
    assertThrows(StorageException.Unavailable.class, () -> SegmentLog.open(nested).close());
    assertFalse(Files.exists(folder.resolve("a")));
  }
}
