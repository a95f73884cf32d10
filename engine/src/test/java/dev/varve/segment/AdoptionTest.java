package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.codec.Md5Check;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders that other programs filled after the seed's text are taken in whole, or left alone. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdoptionTest {
  private static final int BLOCK = 256;
  private static final int SEGMENT = 512;

  @TempDir Path folder;

  @Test
  void aFolderWithoutOneOfItsSegmentsIsRefusedAndKept() throws IOException {
    byte[] first = segment(0, 100);
    byte[] third = segment(2 * SEGMENT, 100);
    Files.write(folder.resolve(SegmentNames.segment(0)), first);
    Files.write(folder.resolve(SegmentNames.segment(2 * SEGMENT)), third);
    assertThrows(
        StorageException.Corrupt.class, () -> SegmentLog.adoptSeed(folder, BLOCK, SEGMENT).close());
    assertTrue(Files.exists(folder.resolve(SegmentNames.segment(2 * SEGMENT))));
    assertFalse(Files.exists(folder.resolve(SegmentNames.SUPERBLOCK)));
  }

  @Test
  void aFileOfMoreThanASegmentIsRefused() throws IOException {
    Files.write(folder.resolve(SegmentNames.segment(0)), new byte[2 * SEGMENT]);
    assertThrows(
        StorageException.UnsupportedFormat.class,
        () -> SegmentLog.adoptSeed(folder, BLOCK, SEGMENT).close());
    assertFalse(Files.exists(folder.resolve(SegmentNames.SUPERBLOCK)));
  }

  @Test
  void aLogThatEndsWithAnExactlyFullBlockOpensAgain() throws IOException {
    Files.write(folder.resolve(SegmentNames.segment(0)), segment(0, BLOCK - 28));
    SegmentLog.adoptSeed(folder, BLOCK, SEGMENT).close();
    try (SegmentLog log = SegmentLog.open(folder)) {
      assertEquals(BLOCK - FrameLayout.SLOT_BYTES, log.end());
      assertEquals(0, log.head());
      assertEquals(BLOCK, log.append(new byte[10]));
    }
    try (SegmentLog log = SegmentLog.openReadOnly(folder)) {
      assertEquals(BLOCK, log.head());
    }
  }

  @Test
  void readersOfAnAdoptedLogAreSeenByTheWriter() throws IOException {
    Files.write(folder.resolve(SegmentNames.segment(0)), segment(0, 100));
    SegmentLog.adoptSeed(folder, BLOCK, SEGMENT).close();
    assertTrue(Files.exists(folder.resolve(SegmentNames.READERS_LOCK)));
  }

  /** A segment file whose first block holds one record. */
  private static byte[] segment(long start, int payload) {
    byte[] bytes = new byte[SEGMENT];
    int size = FrameLayout.HEADER_BYTES + payload;
    Md5Check check = new Md5Check();
    check.begin(start, size, 0, 0);
    check.update(new byte[payload], 0, payload);
    check.finish(MemorySegment.ofArray(bytes), 0);
    FrameLayout.INT.set(bytes, BLOCK - FrameLayout.SLOT_BYTES, size);
    return bytes;
  }
}
