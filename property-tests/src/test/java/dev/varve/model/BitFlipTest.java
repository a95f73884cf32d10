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
import dev.varve.support.FolderBytes;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each single bit of a log that was closed, that is proven durable, is missed when it flips (P3):
 * the records it belongs to are {@code Corrupt}, all others are still read, nothing is changed.
 */
final class BitFlipTest {
  @Test
  void everyFlippedBitIsReportedAndEverythingElseIsStillRead() throws IOException {
    try (ScratchFolder scratch = ScratchFolder.quick()) {
      Path folder = scratch.folder("log");
      List<AppendedRecord> records = write(folder);
      for (Path segment : FolderBytes.segments(folder)) {
        flipEachBit(folder, segment, records);
      }
    }
  }

  private static List<AppendedRecord> write(Path folder) {
    List<AppendedRecord> records = new ArrayList<>();
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
      records.addAll(TestLogs.fill(log, 1, 6, 60));
      records.add(TestLogs.append(log, 2, 0, 300));
      records.addAll(
          TestLogs.appendBatch(log, List.of(Payloads.bytes(3, 0, 9), Payloads.bytes(3, 1, 0))));
      records.add(TestLogs.append(log, 4, 0, 40));
    }
    return records;
  }

  private static void flipEachBit(Path folder, Path segment, List<AppendedRecord> records)
      throws IOException {
    byte[] whole = Files.readAllBytes(segment);
    for (int at = 0; at < whole.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << bit);
        Files.write(segment, damaged);
        String where = "%s byte %d bit %d".formatted(segment.getFileName(), at, bit);
        FolderBytes before = FolderBytes.of(folder);
        assertNoticed(folder, records, where);
        before.assertUnchanged(folder);
      }
    }
    Files.write(segment, whole);
  }

  private static void assertNoticed(Path folder, List<AppendedRecord> records, String where) {
    List<AppendedRecord> lost = new ArrayList<>();
    VerifyReport report;
    try (SegmentLog log = SegmentLog.openReadOnly(folder)) {
      for (AppendedRecord record : records) {
        try {
          assertArrayEquals(record.payload(), log.read(record.position()), where);
        } catch (StorageException.Corrupt damage) {
          lost.add(record);
        }
      }
      report = log.verify();
    }
    assertTrue(lost.size() <= 1, () -> where + " lost " + lost);
    if (!lost.isEmpty()) {
      assertFalse(report.whole(), where);
    }
    assertEquals(records.size() - lost.size(), report.records(), where);
  }
}
