package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that lost their end are grown again, or damage is named. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TruncatedSegmentTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512).withDurability(Durability.NONE);

  @TempDir Path folder;

  @Test
  void recordsBehindATruncationOfUnusedBytesAreReadable() throws IOException {
    appendAndClose(new byte[100]);
    truncate(0, 256);
    LogOptions durable = SMALL.withDurability(Durability.SYNC);
    try (SegmentLog log = SegmentLog.open(folder, durable)) {
      long position = log.append(new byte[200]);
      assertEquals(256, position);
      assertEquals(200, log.read(position).length);
    }
  }

  @Test
  void recordsInATruncatedPartAreDamage() throws IOException {
    long third;
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      long ignored = log.append(new byte[200]);
      ignored = log.append(new byte[200]);
      third = log.append(new byte[200]);
      ignored = log.append(new byte[200]);
    }
    truncate(512, 1);
    try (SegmentLog log = SegmentLog.openReadOnly(folder, SMALL)) {
      assertThrows(StorageException.class, () -> log.read(third));
      assertFalse(log.verify().whole());
    }
  }

  private void truncate(long segment, long size) throws IOException {
    Path path = folder.resolve(SegmentNames.segment(segment));
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
    }
  }

  private void appendAndClose(byte[] payload) {
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      assertEquals(0, log.append(payload));
    }
  }
}
