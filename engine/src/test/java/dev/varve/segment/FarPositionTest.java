package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Positions whose arithmetic would overflow are refused. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FarPositionTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512).withDurability(Durability.NONE);

  @TempDir Path folder;

  @Test
  void aSuperblockNearTheLastPositionIsRefused() throws IOException {
    SegmentLog.open(folder, SMALL).close();
    Superblock found;
    byte[] bytes = Files.readAllBytes(folder.resolve(SegmentNames.SUPERBLOCK));
    found = Superblock.newer(Arrays.copyOf(bytes, 4096), Arrays.copyOfRange(bytes, 4096, 8192));
    long far = Long.MAX_VALUE - 3;
    Superblock hostile = new Superblock(found.geometry(), 99, 0, far, far, -1, "");
    byte[] copy = hostile.encode();
    System.arraycopy(copy, 0, bytes, 4096, 4096);
    System.arraycopy(copy, 0, bytes, 0, 4096);
    Files.write(folder.resolve(SegmentNames.SUPERBLOCK), bytes);
    assertThrows(StorageException.class, () -> SegmentLog.open(folder).close());
    assertThrows(StorageException.class, () -> SegmentLog.openReadOnly(folder).close());
  }

  @Test
  void aFirstPositionNearTheLastOneIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> SMALL.withFirstPosition(Long.MAX_VALUE - 511));
    SegmentLog.open(folder, SMALL.withFirstPosition(1L << 62)).close();
  }
}
