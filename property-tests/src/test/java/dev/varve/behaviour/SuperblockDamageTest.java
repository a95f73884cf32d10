package dev.varve.behaviour;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.CheckKind;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FolderBytes;
import dev.varve.support.SuperblockFields;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of the superblock's copies may be lost; the records may not (P1, P3). */
final class SuperblockDamageTest {
  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private List<AppendedRecord> write(CheckKind check, int seed, int count) {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny().withCheck(check))) {
      return TestLogs.fill(log, seed, count, 90);
    }
  }

  private static void breakCopy(Path folder, boolean newer) throws IOException {
    SuperblockFields fields = new SuperblockFields(folder);
    fields.breakCopy(newer ? fields.newer() : 1 - fields.newer());
  }

  @ParameterizedTest
  @EnumSource
  void eitherCopyIsEnoughAfterACleanEnd(CheckKind check) throws IOException {
    List<AppendedRecord> records = new ArrayList<>(write(check, 1, 40));
    for (boolean newer : new boolean[] {true, false}) {
      breakCopy(folder, newer);
      try (SegmentLog log = SegmentLog.open(folder)) {
        TestLogs.assertHolds(records, log);
      }
      records.addAll(write(check, 2, 3));
    }
  }

  /**
   * The copy that is left may say that the log ended cleanly before the latest session's records.
   */
  @ParameterizedTest
  @EnumSource
  void theCopyOfAnEarlierCleanEndHidesNothing(CheckKind check) throws IOException {
    List<AppendedRecord> records = new ArrayList<>(write(check, 1, 7));
    Path copy = scratch.path().resolve("copy");
    try (SegmentLog log = SegmentLog.open(folder)) {
      records.add(TestLogs.append(log, 2, 0, 5));
      ScratchFolder.copy(folder, copy, "superblock");
    }
    breakCopy(copy, true);
    try (SegmentLog log = SegmentLog.open(copy)) {
      TestLogs.assertHolds(records, log);
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutAWholeCopyNothingIsOpenedAndNothingChanged(CheckKind check) throws IOException {
    write(check, 1, 10);
    Path superblock = folder.resolve("superblock");
    byte[] bytes = Files.readAllBytes(superblock);
    bytes[SuperblockFields.SEQUENCE] ^= 1;
    bytes[SuperblockFields.COPY_BYTES + SuperblockFields.SEQUENCE] ^= 1;
    Files.write(superblock, bytes);
    FolderBytes before = FolderBytes.of(folder);
    assertThrows(StorageException.Corrupt.class, () -> SegmentLog.open(folder).close());
    assertThrows(StorageException.Corrupt.class, () -> SegmentLog.openReadOnly(folder).close());
    before.assertUnchanged(folder);
  }
}
