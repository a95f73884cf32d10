package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Options hold what a log can be made with, and refuse the rest at once. */
class LogOptionsTest {
  private static final LogOptions DEFAULTS = LogOptions.defaults();

  @Test
  void blockSizesArePowersOfTwo() {
    for (int bytes : new int[] {-256, 1, 128, 255, 257, 131_072, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withBlockSize(bytes));
    }
    assertEquals(65_536, DEFAULTS.withBlockSize(65_536).blockSize());
  }

  @Test
  void segmentsHoldAtLeastTwoBlocks() {
    LogOptions blocks = DEFAULTS.withBlockSize(4096);
    for (int bytes : new int[] {-4096, 4096, 4096 * 2 + 256, (256 << 20) + 4096}) {
      assertThrows(IllegalArgumentException.class, () -> blocks.withSegmentSize(bytes));
    }
    assertEquals(256 << 20, blocks.withSegmentSize(256 << 20).segmentSize());
  }

  @Test
  void limitsArePositive() {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withBatchLimit(0));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withBatchLimit((1 << 30) + 1));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withPreparedSegments(0));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withFirstPosition(-1));
    assertThrows(IllegalArgumentException.class, () -> Durability.interval(Duration.ZERO));
  }

  @Test
  void theWritePathFollowsTheDurability() {
    Geometry geometry = DEFAULTS.newGeometry();
    assertEquals(WritePath.POSITIONAL, DEFAULTS.resolved(geometry, 0).writePath());
    LogOptions none = DEFAULTS.withDurability(Durability.NONE);
    assertEquals(WritePath.MAPPED, none.resolved(geometry, 0).writePath());
    LogOptions chosen = DEFAULTS.withWritePath(WritePath.MAPPED);
    assertEquals(WritePath.MAPPED, chosen.resolved(geometry, 0).writePath());
  }

  @Test
  void firstPositionsAreSegmentStarts() {
    assertThrows(
        IllegalArgumentException.class, () -> DEFAULTS.withFirstPosition(4096).newGeometry());
  }
}
