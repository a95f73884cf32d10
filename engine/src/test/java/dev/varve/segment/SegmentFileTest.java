package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** A read may stop anywhere before the end of the file. */
class SegmentFileTest {
  private static final int SIZE = 3 << 20;
  private static final int FROM = 512;
  private static final int TO = SIZE - 512;

  private final ShortReads stored = new ShortReads();
  private final SegmentFile file = new SegmentFile(stored.folder(), stored.name(), SIZE);

  /** A file whose reads stop early and whose writes are remembered. */
  private static final class ShortReads extends OneFile {
    private static final int LIMIT = 1000;

    private final BitSet written = new BitSet();

    ShortReads() {
      super(SIZE);
    }

    @Override
    public int read(long offset, MemorySegment target) {
      return super.read(offset, target.asSlice(0, Math.min(LIMIT, target.byteSize())));
    }

    @Override
    public int write(long offset, MemorySegment source) {
      written.set((int) offset, (int) (offset + source.byteSize()));
      return super.write(offset, source);
    }

    String rewritten() {
      return bytes(written.cardinality(), written.nextSetBit(0), written.length());
    }
  }

  private static String bytes(int count, int from, int to) {
    return "%d bytes from %d to %d".formatted(count, from, to);
  }

  /** {@code INV-9}: with the bytes that were there. */
  @Test
  void rewriteWritesAllOfItsRangeAgainAlsoWhereReadsAreShort() {
    for (int at = 0; at < SIZE; at++) {
      stored.memory().set(ValueLayout.JAVA_BYTE, at, (byte) (at * 31 / 7));
    }
    MemorySegment before = MemorySegment.ofArray(stored.memory().toArray(ValueLayout.JAVA_BYTE));
    file.rewrite(FROM, TO);
    assertEquals(bytes(TO - FROM, FROM, TO), stored.rewritten());
    assertEquals(-1, before.mismatch(stored.durable()));
  }

  @Test
  void rewriteEndsWhereTheFileDoes() {
    file.rewrite(FROM, SIZE + FROM);
    assertEquals(bytes(SIZE - FROM, FROM, SIZE), stored.rewritten());
  }

  @Test
  void whatIsUsedIsFoundAlsoWhereReadsAreShort() {
    stored.memory().set(ValueLayout.JAVA_BYTE, TO - 600, (byte) 1);
    assertEquals(TO - 599, file.usedBetween(FROM, TO));
  }
}
