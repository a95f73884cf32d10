package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The two copies of a log's superblock: which counts, and what is none. */
class SuperblockTest {
  private static final Geometry GEOMETRY = new Geometry(256, 512, CheckKind.MD5, new byte[16]);
  private static final Superblock OLDER =
      new Superblock(GEOMETRY, 7, 512, 600, 700, Superblock.NOT_CLEAN, "boot");

  @Test
  void everyFieldComesBack() {
    Superblock decoded = Superblock.decode(OLDER.encode());
    assertNotNull(decoded);
    assertEquals(OLDER.sequence(), decoded.sequence());
    assertEquals(OLDER.base(), decoded.base());
    assertEquals(OLDER.tail(), decoded.tail());
    assertEquals(OLDER.mark(), decoded.mark());
    assertFalse(decoded.clean());
    assertEquals("boot", decoded.bootId());
    assertEquals(CheckKind.MD5, decoded.geometry().check());
    assertEquals(256, decoded.geometry().blockSize());
    assertEquals(512, decoded.geometry().segmentSize());
  }

  /** INV-15: a copy that nobody can read back is none. */
  @Test
  void tailThatMovesBeyondTheProvenMarkTakesTheMarkAlong() {
    Superblock opened = OLDER.withTail(768).opened("boot", 700);
    assertEquals(768, opened.mark());
    assertNotNull(Superblock.decode(opened.encode()));
  }

  @Test
  void theHigherSequenceCounts() {
    Superblock later = OLDER.closed(900).next();
    assertEquals(8, Superblock.newer(OLDER.encode(), later.encode()).sequence());
    assertEquals(8, Superblock.newer(later.encode(), OLDER.encode()).sequence());
    assertTrue(Superblock.newer(later.encode(), OLDER.encode()).clean());
  }

  @Test
  void aTornCopyLeavesTheOther() {
    byte[] torn = OLDER.next().encode();
    torn[60] ^= 1;
    assertEquals(7, Superblock.newer(OLDER.encode(), torn).sequence());
    assertEquals(7, Superblock.newer(torn, OLDER.encode()).sequence());
  }

  @Test
  void everyFlippedBitIsSeen() {
    for (int bit = 0; bit < 8 * Superblock.COPY_BYTES; bit += 13) {
      byte[] copy = OLDER.encode();
      copy[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertNull(Superblock.decode(copy), "bit " + bit);
    }
  }

  @Test
  void twoTornCopiesAreDamage() {
    byte[] torn = OLDER.encode();
    torn[60] ^= 1;
    assertThrows(StorageException.Corrupt.class, () -> Superblock.newer(torn, torn));
  }

  @Test
  void aFileOfSomethingElseIsNoLog() {
    byte[] zeros = new byte[Superblock.COPY_BYTES];
    assertThrows(StorageException.UnsupportedFormat.class, () -> Superblock.newer(zeros, zeros));
  }

  @Test
  void aNewerVersionIsRefusedEvenWhereTheOtherCopyIsOfOurs() {
    byte[] newer = OLDER.next().encode();
    FrameLayout.INT.set(newer, 8, Superblock.VERSION + 1);
    sign(newer);
    StorageException.UnsupportedFormat refused =
        assertThrows(
            StorageException.UnsupportedFormat.class,
            () -> Superblock.newer(OLDER.encode(), newer));
    assertEquals("format version 2", refused.found());
  }

  @Test
  void numbersOutOfOrderAreNoSuperblock() {
    assertNull(Superblock.decode(with(1, 600, 700, -1).encode()));
    assertNull(Superblock.decode(with(-512, 600, 700, -1).encode()));
    assertNull(Superblock.decode(with(1024, 600, 700, -1).encode()));
    assertNull(Superblock.decode(with(512, 701, 700, -1).encode()));
    assertNull(Superblock.decode(with(512, 600, 700, 800).encode()));
    assertNotNull(Superblock.decode(with(512, 600, 700, 700).encode()));
  }

  private static Superblock with(long base, long tail, long mark, long cleanEnd) {
    return new Superblock(GEOMETRY, 1, base, tail, mark, cleanEnd, "");
  }

  @Test
  void sizesThatNoLogHasAreNoSuperblock() {
    byte[] copy = OLDER.encode();
    FrameLayout.INT.set(copy, 32, -256);
    sign(copy);
    assertNull(Superblock.decode(copy));
  }

  @Test
  void aCutForgetsTheBootUntilTheLogIsOpened() {
    assertTrue(OLDER.cutting().mayBeCutting());
    assertFalse(OLDER.cutting().opened("boot", 700).mayBeCutting());
    assertFalse(OLDER.closed(700).mayBeCutting());
  }

  private static void sign(byte[] copy) {
    CRC32C crc = new CRC32C();
    crc.update(copy, 0, Superblock.COPY_BYTES - 4);
    FrameLayout.INT.set(copy, Superblock.COPY_BYTES - 4, (int) crc.getValue());
  }
}
