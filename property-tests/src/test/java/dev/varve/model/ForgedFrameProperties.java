package dev.varve.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Cursor;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.support.CrcFormat;
import dev.varve.support.FixedIo;
import dev.varve.support.FolderBytes;
import dev.varve.support.SuperblockFields;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Frames whose checks hold but whose fields make no sense, as only a hostile writer makes them: a
 * last fragment without a first, sizes that overlap, backs and marks that point anywhere. They give
 * a value or a typed error (P10), and end.
 */
final class ForgedFrameProperties {
  private static final String LOG_ID = "forged";
  private static final int BLOCKS = 6;

  /** A frame's fields, the positional ones relative to what would be right. */
  record Forged(int kind, boolean continues, int length, int position, int back, int mark) {}

  @Property(seed = "20260103", tries = 600)
  void forgedFramesGiveAValueOrATypedError(
      @ForAll("blocks") List<List<Forged>> blocks,
      @ForAll("thousandths") int mark,
      @ForAll boolean writable)
      throws IOException {
    try (ScratchFolder scratch = ScratchFolder.quick()) {
      Path folder = scratch.folder("log");
      LogOptions options = TestLogs.tiny().withIo(FixedIo.of("boot", LOG_ID));
      SegmentLog.open(folder, options).close();
      write(folder, blocks);
      unclean(folder, (long) mark * BLOCKS * TestLogs.TINY_BLOCK / 1000);
      FolderBytes before = FolderBytes.of(folder);
      try (SegmentLog log =
          writable ? SegmentLog.open(folder, options) : SegmentLog.openReadOnly(folder, options)) {
        walk(log.forward());
        walk(log.backward());
        assertNotNull(log.verify());
        assertTrue(log.tail() <= log.end());
      } catch (StorageException.Corrupt verdict) {
        assertNotNull(verdict.getMessage());
        before.assertUnchanged(folder);
      }
    }
  }

  private static void walk(Cursor start) {
    try (start) {
      int steps = 0;
      while (start.next()) {
        assertEquals(start.length(), start.toByteArray().length);
        assertTrue(steps++ < BLOCKS * TestLogs.TINY_BLOCK / CrcFormat.HEADER, "an endless walk");
      }
    } catch (StorageException.Corrupt verdict) {
      assertNotNull(verdict.getMessage());
    }
  }

  private static void unclean(Path folder, long mark) throws IOException {
    SuperblockFields fields = new SuperblockFields(folder);
    for (int copy = 0; copy < 2; copy++) {
      fields.setLong(copy, SuperblockFields.MARK, mark);
      fields.setLong(copy, SuperblockFields.CLEAN_END, -1);
    }
    fields.write();
  }

  private static void write(Path folder, List<List<Forged>> blocks) throws IOException {
    byte[] id = Arrays.copyOf(LOG_ID.getBytes(StandardCharsets.US_ASCII), 16);
    CrcFormat format = new CrcFormat(TestLogs.TINY_BLOCK, id);
    long previous = 0;
    for (int start = 0; start < BLOCKS; start += 2) {
      ByteBuffer file = ByteBuffer.allocate(TestLogs.TINY_SEGMENT);
      for (int block = 0; block < 2; block++) {
        long address = (long) (start + block) * TestLogs.TINY_BLOCK;
        ByteBuffer bytes = file.slice(block * TestLogs.TINY_BLOCK, TestLogs.TINY_BLOCK);
        List<Forged> frames = start + block < blocks.size() ? blocks.get(start + block) : List.of();
        previous = fill(format, bytes, address, previous, frames);
      }
      long name = (long) start * TestLogs.TINY_BLOCK;
      Files.write(folder.resolve("f%012d.sf".formatted(name)), file.array());
    }
  }

  private static long fill(
      CrcFormat format, ByteBuffer block, long address, long previous, List<Forged> frames) {
    long last = previous;
    int at = 0;
    int slotAt = block.capacity() - Integer.BYTES;
    for (Forged frame : frames) {
      if (at + CrcFormat.HEADER > slotAt) {
        break;
      }
      int slot = CrcFormat.slot(frame.length(), frame.kind(), frame.continues());
      long position = address + at;
      format.put(
          block,
          at,
          slotAt,
          position + frame.position(),
          (int) (position - last) + frame.back(),
          Math.max(0, last + frame.mark()),
          slot);
      last = position;
      at += CrcFormat.HEADER + frame.length();
      slotAt -= Integer.BYTES;
    }
    return last;
  }

  @Provide
  Arbitrary<Integer> thousandths() {
    return Arbitraries.integers().between(0, 1000);
  }

  /** Mostly right in all fields but one, so that the wrong one is what decides. */
  @Provide
  Arbitrary<List<List<Forged>>> blocks() {
    Arbitrary<Integer> kinds =
        Arbitraries.frequency(
            Tuple.of(6, CrcFormat.WHOLE),
            Tuple.of(2, CrcFormat.FIRST),
            Tuple.of(2, CrcFormat.MIDDLE),
            Tuple.of(2, CrcFormat.LAST));
    Arbitrary<Integer> lengths =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.integers().between(0, 60)),
            Tuple.of(2, Arbitraries.integers().between(180, 240)),
            Tuple.of(1, Arbitraries.of((1 << 24) - 1 - CrcFormat.HEADER, 1 << 20)));
    Arbitrary<Integer> offsets =
        Arbitraries.frequencyOf(
            Tuple.of(30, Arbitraries.just(0)),
            Tuple.of(
                1, Arbitraries.of(-256, -1, 1, 24, 512, Integer.MAX_VALUE, Integer.MIN_VALUE)));
    Arbitrary<Forged> frame =
        Combinators.combine(
                kinds, Arbitraries.of(true, false, false), lengths, offsets, offsets, offsets)
            .as(Forged::new);
    return frame.list().ofMaxSize(5).list().ofMaxSize(BLOCKS);
  }
}
