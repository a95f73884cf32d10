package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import org.junit.jupiter.api.Test;

/** The way from positions to segments. */
class SegmentTableTest {
  private static final Geometry GEOMETRY = new Geometry(256, 512, CheckKind.CRC32C, new byte[16]);

  private final SegmentTable table = new SegmentTable(GEOMETRY, 1024, 1100);

  @Test
  void theTailNeverGoesBack() {
    table.tail(1300);
    table.tail(1200);
    assertEquals(1300, table.tail());
  }

  @Test
  void aPositionBeforeTheOldestSegmentWasDropped() {
    StorageException.Dropped dropped =
        assertThrows(StorageException.Dropped.class, () -> table.find(1023));
    assertEquals(1023, dropped.position());
    assertEquals(1100, dropped.tail());
  }
}
