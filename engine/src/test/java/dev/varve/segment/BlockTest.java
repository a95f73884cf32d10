package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.codec.RecordCheck;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a block's slots and headers say, and that no bytes of it are trusted. */
class BlockTest {
  private static final int SIZE = 256;
  private static final long START = 1L << 41;

  private final Geometry geometry = new Geometry(SIZE, 512, CheckKind.CRC32C, new byte[16]);
  private final Block block = new Block(geometry);

  @Test
  void framesAreFoundByTheirSlots() {
    put(0, 0, 10, 50, START - 50);
    put(34, 1, 0, 34, START);
    block.index(START);
    assertEquals(2, block.count());
    assertEquals(START + 34, block.position(1));
    assertEquals(START + 58, block.limit());
    assertEquals(1, block.indexOf(START + 34));
    assertEquals(-1, block.indexOf(START + 35));
    assertEquals(1, block.countBefore(START + 34));
    assertNull(block.fault(0, START - 50));
    assertNull(block.fault(1, START));
    assertFalse(block.insane());
  }

  @Test
  void aBlockOfZerosHasNoFrame() {
    block.index(START);
    assertEquals(0, block.count());
    assertEquals(START, block.limit());
  }

  @Test
  void aMissingFrameIsSeenByTheNext() {
    put(0, 0, 10, 80, START - 80);
    block.index(START);
    Block.Fault fault = block.fault(0, START - 120);
    assertNotNull(fault);
    assertEquals(START - 80, fault.position());
    assertNull(block.fault(0, Block.UNKNOWN));
  }

  @Test
  void aMarkAboveThePositionIsNoRecord() {
    put(0, 0, 10, 0, START + 1);
    block.index(START);
    assertNotNull(block.fault(0, Block.UNKNOWN));
  }

  @Test
  void aFrameOfAnotherPlaceIsNoRecord() {
    put(0, 0, 10, 0, 0);
    block.index(START + SIZE);
    assertNotNull(block.fault(0, Block.UNKNOWN));
  }

  @Test
  void slotsThatOverlapTheFramesAreInsane() {
    for (int slot : new int[] {23, 1, SIZE, -1, 1 << 27 | 24, (1 << 24) - 1}) {
      FrameLayout.INT.set(block.bytes(), SIZE - 4, slot);
      block.index(START);
      assertTrue(block.insane(), "slot " + slot);
      assertEquals(START, block.insanity().position());
    }
  }

  @Test
  void everyFlippedBitOfAFrameIsSeen() {
    put(0, 0, 10, 50, START - 50);
    for (int bit = 0; bit < 8 * 34; bit++) {
      block.bytes()[bit >> 3] ^= (byte) (1 << (bit & 7));
      block.index(START);
      assertFalse(block.valid(0), "bit " + bit);
      block.bytes()[bit >> 3] ^= (byte) (1 << (bit & 7));
    }
  }

  @Test
  void noBytesAreMoreThanABlock() {
    Random random = new Random(7);
    for (CheckKind kind : CheckKind.values()) {
      Block any = new Block(new Geometry(SIZE, 512, kind, new byte[16]));
      for (int round = 0; round < 5_000; round++) {
        random.nextBytes(any.bytes());
        for (int slot = 1; slot <= random.nextInt(12); slot++) {
          FrameLayout.INT.set(any.bytes(), SIZE - 4 * slot, random.nextInt(64));
        }
        any.index(START);
        for (int frame = 0; frame < any.count(); frame++) {
          assertFalse(any.valid(frame));
          assertTrue(any.end(frame) <= START + SIZE - 4L * (frame + 1));
        }
      }
    }
  }

  private void put(int offset, int index, int payload, int back, long mark) {
    RecordCheck check = geometry.check().newCheck(geometry.logId());
    int size = FrameLayout.HEADER_BYTES + payload;
    check.begin(START + offset, size, back, mark);
    check.update(new byte[payload], 0, payload);
    check.finish(MemorySegment.ofArray(block.bytes()), offset);
    FrameLayout.INT.set(block.bytes(), SIZE - 4 * (index + 1), size);
  }
}
