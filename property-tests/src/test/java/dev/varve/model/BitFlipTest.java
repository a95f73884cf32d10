package dev.varve.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.SegmentLog;
import dev.varve.segment.VerifyReport;
import dev.varve.support.CrcFormat;
import dev.varve.support.FolderBytes;
import dev.varve.support.SuperblockFields;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Each single bit of a log that was closed, that is proven durable, is missed when it flips (P3):
 * the records it belongs to are {@code Corrupt}, all others are still read, nothing is changed.
 */
final class BitFlipTest {
  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");
  private final List<AppendedRecord> records = new ArrayList<>();
  private List<CrcFormat.Frame> frames = List.of();

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  @Test
  void everyFlippedBitIsReportedAndEverythingElseIsStillRead() throws IOException {
    write();
    SuperblockFields superblock = new SuperblockFields(folder);
    frames = new CrcFormat(TestLogs.TINY_BLOCK, superblock.logId()).read(folder, 0);
    for (Path segment : FolderBytes.segments(folder)) {
      flipEachBit(segment);
    }
  }

  private void write() {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
      records.addAll(TestLogs.fill(log, 1, 3, 60));
      records.add(TestLogs.append(log, 2, 0, 300));
      records.addAll(
          TestLogs.appendBatch(log, List.of(Payloads.bytes(3, 0, 9), Payloads.bytes(3, 1, 0))));
      records.add(TestLogs.append(log, 4, 0, 40));
    }
  }

  private void flipEachBit(Path segment) throws IOException {
    FolderBytes before = FolderBytes.of(folder);
    byte[] whole = Files.readAllBytes(segment);
    for (int at = 0; at < whole.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << bit);
        Files.write(segment, damaged);
        String where = "%s byte %d bit %d".formatted(segment.getFileName(), at, bit);
        assertNoticed(FolderBytes.start(segment) + at, where);
        assertArrayEquals(damaged, Files.readAllBytes(segment), where);
      }
    }
    Files.write(segment, whole);
    before.assertUnchanged(folder);
  }

  private void assertNoticed(long flipped, String where) {
    Optional<AppendedRecord> hit =
        frames.stream().filter(f -> isIn(f, flipped)).map(this::recordOf).findFirst();
    try (SegmentLog log = SegmentLog.openReadOnly(folder)) {
      List<AppendedRecord> lost = lost(log, where);
      VerifyReport report = log.verify();
      if (hit.isEmpty()) {
        assertEquals(List.of(), lost, where);
        return;
      }
      assertTrue(lost.contains(hit.get()), () -> where + " lost " + lost + ", not " + hit);
      assertFalse(report.whole(), where);
      assertTrue(report.records() < records.size(), where);
      if (isInSlot(flipped)) {
        long block = flipped / TestLogs.TINY_BLOCK;
        assertTrue(lost.stream().allMatch(r -> r == hit.get() || block(r) == block), where);
      } else {
        assertEquals(List.of(hit.get()), lost, where);
      }
    }
  }

  private List<AppendedRecord> lost(SegmentLog log, String where) {
    List<AppendedRecord> lost = new ArrayList<>();
    for (AppendedRecord record : records) {
      try {
        assertArrayEquals(record.payload(), log.read(record.position()), where);
      } catch (StorageException.Corrupt damage) {
        lost.add(record);
      }
    }
    return lost;
  }

  private static long block(AppendedRecord record) {
    return record.position() / TestLogs.TINY_BLOCK;
  }

  /** Whether the address is in the frame or in its slot. */
  private static boolean isIn(CrcFormat.Frame frame, long address) {
    return (address >= frame.position() && address < frame.position() + frame.size())
        || (address >= frame.slotPosition() && address < frame.slotPosition() + Integer.BYTES);
  }

  private boolean isInSlot(long address) {
    return frames.stream()
        .anyMatch(
            frame ->
                address >= frame.slotPosition() && address < frame.slotPosition() + Integer.BYTES);
  }

  /** The record that a frame is, or is a fragment of. */
  private AppendedRecord recordOf(CrcFormat.Frame frame) {
    return records.stream()
        .filter(record -> record.position() <= frame.position())
        .reduce((_, later) -> later)
        .orElseThrow();
  }
}
