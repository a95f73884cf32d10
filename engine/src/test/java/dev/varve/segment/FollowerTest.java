package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reading log keeps up with writers that come, go and drop. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FollowerTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512).withDurability(Durability.NONE);

  @TempDir Path folder;

  @Test
  void theNextWritersSegmentIsFollowedWhereTheLastWriterHadPreparedOne() {
    SegmentLog writer = SegmentLog.open(folder, SMALL);
    long ignored = writer.append(new byte[200]);
    ignored = writer.append(new byte[200]);
    try (SegmentLog reader = SegmentLog.openReadOnly(folder, SMALL)) {
      assertEquals(writer.end(), reader.end());
      writer.close();
      writer = SegmentLog.open(folder, SMALL);
      ignored = writer.append(new byte[200]);
      assertEquals(writer.end(), reader.end());
      assertEquals(writer.head(), reader.head());
    } finally {
      writer.close();
    }
  }

  @Test
  void aReaderThatRetentionOvertookGoesOnFromTheTail() {
    try (SegmentLog writer = SegmentLog.open(folder, SMALL);
        SegmentLog reader = SegmentLog.openReadOnly(folder, SMALL)) {
      assertEquals(0, reader.end());
      long kept = 0;
      for (int i = 0; i < 40; i++) {
        kept = writer.append(new byte[200]);
      }
      writer.dropBefore(kept);
      awaitRemoval();
      assertEquals(writer.end(), reader.end());
      assertEquals(writer.head(), reader.head());
      assertEquals(kept, reader.tail());
      try (Cursor cursor = reader.forward()) {
        assertTrue(cursor.next());
        assertEquals(kept, cursor.position());
      }
    }
  }

  @Test
  void aReaderThatAskedForTheTailBeforeTheEndGoesOnFromTheTail() {
    try (SegmentLog writer = SegmentLog.open(folder, SMALL);
        SegmentLog reader = SegmentLog.openReadOnly(folder, SMALL)) {
      long kept = 0;
      for (int i = 0; i < 40; i++) {
        kept = writer.append(new byte[200]);
      }
      writer.dropBefore(kept);
      awaitRemoval();
      assertEquals(kept, reader.tail());
      assertEquals(writer.end(), reader.end());
    }
  }

  /** Retention works in the background. */
  private void awaitRemoval() {
    while (isThere(0) || isThere(512)) {
      Thread.onSpinWait();
    }
  }

  private boolean isThere(long segment) {
    return Files.exists(folder.resolve(SegmentNames.segment(segment)));
  }
}
