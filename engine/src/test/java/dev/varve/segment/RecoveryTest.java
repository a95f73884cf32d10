package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recovery that is itself cut short. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoveryTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512).withDurability(Durability.NONE);

  @TempDir Path folder;

  @Test
  void theCutOfARecoveryThatDiedIsSyncedByTheNextOne() throws IOException {
    tornLog();
    HookedIo dies =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("sync") && SegmentNames.isSegment(name)) {
                throw new StorageException.Unavailable("planted");
              }
            });
    assertThrows(
        StorageException.Unavailable.class,
        () -> SegmentLog.open(folder, SMALL.withIo(dies)).close());
    List<String> done = whileOpening();
    int synced = done.lastIndexOf("sync " + SegmentNames.segment(0));
    int zeroed = done.lastIndexOf("zero " + SegmentNames.segment(0));
    assertTrue(0 <= zeroed && zeroed < synced, "written again and synced by the next: " + done);
    assertTrue(done.contains("syncDirectory "), "done by the next: " + done);
  }

  /** Two records and then bytes of a third whose slot is there, left by a writer that died. */
  private void tornLog() throws IOException {
    byte[] superblock;
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      long ignored = log.append(new byte[20]);
      ignored = log.sync();
      superblock = Files.readAllBytes(folder.resolve(SegmentNames.SUPERBLOCK));
      ignored = log.append(new byte[20]);
    }
    Files.write(folder.resolve(SegmentNames.SUPERBLOCK), superblock);
    Path segment = folder.resolve(SegmentNames.segment(0));
    byte[] bytes = Files.readAllBytes(segment);
    bytes[44 + 30] ^= 1;
    Files.write(segment, bytes);
  }

  /** What the opening thread itself did, before any other could have stored something. */
  private List<String> whileOpening() {
    List<String> done = new ArrayList<>();
    long opener = Thread.currentThread().threadId();
    AtomicBoolean opening = new AtomicBoolean(true);
    HookedIo recorder =
        new HookedIo(
            (operation, name) -> {
              if (Thread.currentThread().threadId() == opener && opening.get()) {
                done.add(operation + " " + name);
              }
            });
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(recorder))) {
      opening.set(false);
      assertEquals(44, log.end());
    }
    return done;
  }
}
