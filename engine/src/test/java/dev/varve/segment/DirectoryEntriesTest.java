package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import dev.varve.io.MappingKind;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Entries of the folder are durable before anything in their files is called durable. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectoryEntriesTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512).withDurability(Durability.NONE);

  @TempDir Path folder;

  @Test
  void theEntriesOfSegmentsFoundAreMadeDurableBeforeAnyAppend() {
    appendAndClose(new byte[10]);
    AtomicBoolean synced = new AtomicBoolean();
    AtomicBoolean preparing = new AtomicBoolean();
    HookedIo slowToPrepare =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("create") && SegmentNames.isPool(name)) {
                preparing.set(true);
                sleep(300);
              }
              if (operation.equals("syncDirectory")) {
                synced.set(true);
              }
            });
    LogOptions durable = SMALL.withDurability(Durability.SYNC).withIo(slowToPrepare);
    try (SegmentLog log = SegmentLog.open(folder, durable)) {
      long position = log.append(new byte[10]);
      assertTrue(log.durableEnd() > position);
      assertTrue(synced.get(), "acknowledged as durable before the folder was synced");
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFolderThatCouldNotBeSyncedIsNotSyncedAgain() {
    AtomicBoolean fail = new AtomicBoolean();
    HookedIo unsynced =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("syncDirectory") && fail.getAndSet(false)) {
                throw new StorageException.Unavailable("planted");
              }
            });
    try (Directory directory = unsynced.directory(folder, MappingKind.FFM, false)) {
      DirectoryEntries entries = new DirectoryEntries(directory, () -> {});
      fail.set(true);
      entries.changed();
      assertThrows(StorageException.class, entries::makeDurable);
      assertThrows(StorageException.class, entries::makeDurable);
    }
  }

  private void appendAndClose(byte[] payload) {
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      assertEquals(0, log.append(payload));
    }
  }
}
