package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damage is told from what is only unfinished, and salvage copies whole batches or nothing. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VerificationTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512).withDurability(Durability.NONE);

  @TempDir Path folder;

  @Test
  void aLogThatIsBeingWrittenIsWhole() throws InterruptedException {
    LogOptions options = LogOptions.defaults().withDurability(Durability.NONE);
    AtomicBoolean stop = new AtomicBoolean();
    try (SegmentLog log = SegmentLog.open(folder, options)) {
      Thread appender =
          new Thread(
              () -> {
                while (!stop.get()) {
                  long ignored = log.append(new byte[900]);
                  if (log.end() - log.tail() > 64 << 10) {
                    log.dropBefore(log.head());
                  }
                }
              });
      appender.start();
      try {
        long deadline = System.nanoTime() + 2_000_000_000L;
        while (System.nanoTime() < deadline) {
          assertEquals(List.of(), damagesUnlessOvertaken(log));
        }
      } finally {
        stop.set(true);
        appender.join();
      }
    }
  }

  private static List<Damage> damagesUnlessOvertaken(SegmentLog log) {
    try {
      return log.verify().damages();
    } catch (StorageException.Dropped overtaken) {
      return List.of();
    }
  }

  @Test
  void theRestOfABatchBehindAHoleIsNotSalvaged() throws IOException {
    try (SegmentLog log = SegmentLog.open(folder.resolve("log"), SMALL)) {
      Batch batch = new Batch();
      for (int i = 0; i < 4; i++) {
        batch.add(new byte[] {(byte) i}, 0, 1).add(new byte[80]);
      }
      long ignored = log.append(batch);
      ignored = log.append(new byte[] {42});
    }
    zero(0, 252);
    try (SegmentLog log = SegmentLog.openReadOnly(folder.resolve("log"), SMALL)) {
      assertFalse(log.verify().whole());
      SalvageReport report = log.salvage(folder.resolve("copy"));
      assertEquals(1, report.records());
    }
    try (SegmentLog copy = SegmentLog.open(folder.resolve("copy"), SMALL);
        Cursor cursor = copy.forward()) {
      assertTrue(cursor.next());
      assertEquals(42, cursor.toByteArray()[0]);
      assertFalse(cursor.next());
    }
  }

  @Test
  void theRestOfALargeRecordBehindAHoleIsNotCounted() throws IOException {
    try (SegmentLog log = SegmentLog.open(folder.resolve("log"), SMALL)) {
      long ignored = log.append(new byte[600]);
      ignored = log.append(new byte[] {42});
    }
    zero(0, 252);
    try (SegmentLog log = SegmentLog.openReadOnly(folder.resolve("log"), SMALL)) {
      assertEquals(1, log.verify().records());
      assertEquals(1, log.salvage(folder.resolve("copy")).records());
    }
  }

  @Test
  void aFolderThatHoldsALogIsNoTargetAndIsLeftAlone() throws IOException {
    Path target = folder.resolve("target");
    try (SegmentLog other = SegmentLog.open(target, SMALL)) {
      long ignored = other.append(new byte[1]);
    }
    byte[] before = Files.readAllBytes(target.resolve(SegmentNames.SUPERBLOCK));
    try (SegmentLog log = SegmentLog.open(folder.resolve("log"), SMALL)) {
      assertThrows(IllegalArgumentException.class, () -> log.salvage(target));
    }
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(target.resolve("superblock"))));
  }

  private void zero(int segment, int offset) throws IOException {
    Path file = folder.resolve("log").resolve(SegmentNames.segment(segment));
    byte[] bytes = Files.readAllBytes(file);
    FrameLayout.INT.set(bytes, offset, 0);
    Files.write(file, bytes);
  }
}
