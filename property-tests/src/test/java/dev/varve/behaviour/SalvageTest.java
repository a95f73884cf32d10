package dev.varve.behaviour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.SalvageReport;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FolderBytes;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Salvage copies what is whole into a new log, never a part of a batch, and says what it left. */
final class SalvageTest {
  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");
  private final Path target = scratch.path().resolve("salvaged");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private void damage(AppendedRecord record) throws IOException {
    long position = record.position() + 24;
    long start = position / TestLogs.TINY_SEGMENT * TestLogs.TINY_SEGMENT;
    Path segment = folder.resolve("f%012d.sf".formatted(start));
    byte[] bytes = Files.readAllBytes(segment);
    bytes[(int) (position - start)] ^= 1;
    Files.write(segment, bytes);
  }

  private static void assertPayloads(List<AppendedRecord> expected, SegmentLog log) {
    List<AppendedRecord> found = TestLogs.content(log);
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertArrayEquals(expected.get(i).payload(), found.get(i).payload(), "record " + i);
    }
  }

  @Test
  void aWholeLogIsCopiedWhole() {
    List<AppendedRecord> records;
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
      records = new ArrayList<>(TestLogs.fill(log, 1, 50, 400));
      SalvageReport report = log.salvage(target);
      assertEquals(List.of(), report.damages());
      assertEquals(50, report.records());
    }
    try (SegmentLog copy = SegmentLog.open(target)) {
      assertPayloads(records, copy);
    }
  }

  @Test
  void damagedRecordsAndTheirBatchesAreLeftBehind() throws IOException {
    List<AppendedRecord> kept = new ArrayList<>();
    AppendedRecord single;
    List<AppendedRecord> batch;
    AppendedRecord fragmented;
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
      kept.addAll(TestLogs.fill(log, 1, 10, 90));
      single = TestLogs.append(log, 2, 0, 50);
      kept.addAll(TestLogs.fill(log, 3, 10, 90));
      batch =
          TestLogs.appendBatch(log, List.of(new byte[5], Payloads.bytes(4, 0, 400), new byte[6]));
      kept.addAll(TestLogs.fill(log, 5, 10, 90));
      fragmented = TestLogs.append(log, 6, 0, 2000);
      kept.addAll(TestLogs.fill(log, 7, 10, 90));
    }
    damage(single);
    damage(batch.getLast());
    damage(fragmented);
    FolderBytes before = FolderBytes.of(folder);
    try (SegmentLog log = SegmentLog.openReadOnly(folder)) {
      SalvageReport report = log.salvage(target);
      assertFalse(report.damages().isEmpty());
      assertEquals(kept.size(), report.records());
    }
    before.assertUnchanged(folder);
    try (SegmentLog copy = SegmentLog.open(target)) {
      assertPayloads(kept, copy);
    }
  }

  @Test
  void anExistingLogIsNeverSalvagedInto() {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
      TestLogs.fill(log, 1, 5, 50);
      try (SegmentLog other = SegmentLog.open(target, TestLogs.tiny())) {
        TestLogs.fill(other, 2, 5, 50);
      }
      FolderBytes before = FolderBytes.ofLog(target);
      RuntimeException refusal = assertThrows(RuntimeException.class, () -> log.salvage(target));
      assertFalse(refusal instanceof StorageException.Corrupt, refusal::toString);
      before.assertUnchanged(target);
    }
  }
}
