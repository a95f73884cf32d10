package dev.varve.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Cursor;
import dev.varve.segment.LogOptions;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders written by a program that knows nothing but the seed's text are logs of ours. */
final class AdoptSeedTest {
  private static final int BLOCK = TestLogs.TINY_BLOCK;
  private static final int SEGMENT = TestLogs.TINY_SEGMENT;
  private static final int WHOLE = BLOCK - 24 - 4;

  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("seed");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  /** Blocks full to the last byte, with gaps of 1 to 3 bytes, with one record, with none. */
  private static List<AppendedRecord> writeEveryKindOfBlock(SeedFormat seed) {
    List<AppendedRecord> records = new ArrayList<>();
    for (int gap = 0; gap <= 9; gap++) {
      records.add(seed.append(Payloads.bytes(1, gap, WHOLE - gap)));
      assertEquals(gap, seed.gap());
      seed.nextBlock();
      records.add(seed.append(Payloads.bytes(2, gap, 50)));
      records.add(seed.append(Payloads.bytes(3, gap, 0)));
      records.add(seed.append(Payloads.bytes(4, gap, seed.gap() - 24 - 4 - gap)));
      assertEquals(gap, seed.gap());
    }
    for (int i = 0; i < 100; i++) {
      records.add(seed.append(Payloads.bytes(5, i, Payloads.number(5, i, WHOLE + 1))));
    }
    return records;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, SEGMENT * 3, (1L << 32) + SEGMENT, 1L << 40, (1L << 41) + SEGMENT})
  void foreignFoldersAreIteratedBothWaysAndAppendedTo(long base) throws IOException {
    SeedFormat seed = new SeedFormat(BLOCK, SEGMENT, base);
    List<AppendedRecord> records = writeEveryKindOfBlock(seed);
    seed.write(folder, false);
    try (SegmentLog log = SegmentLog.adoptSeed(folder, BLOCK, SEGMENT)) {
      TestLogs.assertHolds(records, log);
      records.addAll(TestLogs.fill(log, 6, 80, TestLogs.longestWhole(BLOCK)));
      TestLogs.assertHolds(records, log);
    }
    try (SegmentLog log = SegmentLog.open(folder)) {
      TestLogs.assertHolds(records, log);
      records.addAll(TestLogs.fill(log, 7, 20, TestLogs.longestWhole(BLOCK)));
    }
    assertReadBack(records);
  }

  /** What we append, a foreign program reads. */
  private void assertReadBack(List<AppendedRecord> expected) throws IOException {
    List<AppendedRecord> found = new ArrayList<>();
    for (Path segment : FolderBytes.segments(folder)) {
      found.addAll(SeedFormat.read(Files.readAllBytes(segment), FolderBytes.start(segment), BLOCK));
    }
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.get(i).position(), found.get(i).position());
      assertArrayEquals(expected.get(i).payload(), found.get(i).payload());
    }
  }

  @Test
  void everyRecordOfAForeignFolderIsAStart() {
    SeedFormat seed = new SeedFormat(BLOCK, SEGMENT, 0);
    List<AppendedRecord> records = writeEveryKindOfBlock(seed);
    seed.write(folder, false);
    try (SegmentLog log = SegmentLog.adoptSeed(folder, BLOCK, SEGMENT)) {
      for (int i = 0; i < records.size(); i++) {
        long position = records.get(i).position();
        assertArrayEquals(records.get(i).payload(), log.read(position));
        try (Cursor forward = log.forward(position);
            Cursor backward = log.backward(position)) {
          TestLogs.assertDelivers(forward, records.subList(i, records.size()));
          TestLogs.assertDelivers(backward, records.subList(0, i + 1).reversed());
        }
      }
    }
  }

  @Test
  void theSeedsOwnGeometryIsTheDefault() {
    SeedFormat seed = new SeedFormat(4096, 4 << 20, 0);
    List<AppendedRecord> records = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      records.add(seed.append(Payloads.bytes(8, i, Payloads.number(8, i, 400))));
    }
    seed.write(folder, false);
    try (SegmentLog log = SegmentLog.adoptSeed(folder, LogOptions.defaults())) {
      TestLogs.assertHolds(records, log);
    }
  }

  @Test
  void anAdoptedFolderIsOpenedAndNotAdoptedAgain() {
    SeedFormat seed = new SeedFormat(BLOCK, SEGMENT, 0);
    List<AppendedRecord> records = writeEveryKindOfBlock(seed);
    seed.write(folder, false);
    SegmentLog.adoptSeed(folder, BLOCK, SEGMENT).close();
    FolderBytes before = FolderBytes.of(folder);
    assertThrows(
        StorageException.UnsupportedFormat.class,
        () -> SegmentLog.adoptSeed(folder, BLOCK, SEGMENT).close());
    before.assertUnchanged(folder);
    for (int round = 0; round < 3; round++) {
      try (SegmentLog log = SegmentLog.open(folder)) {
        records.addAll(TestLogs.fill(log, 10 + round, 5, 30));
        TestLogs.assertHolds(records, log);
      }
    }
  }

  @Test
  void aFolderIsOnlyAdoptedWhenAsked() {
    SeedFormat seed = new SeedFormat(BLOCK, SEGMENT, 0);
    writeEveryKindOfBlock(seed);
    seed.write(folder, false);
    FolderBytes before = FolderBytes.of(folder);
    assertThrows(StorageException.UnsupportedFormat.class, () -> SegmentLog.open(folder));
    assertThrows(StorageException.UnsupportedFormat.class, () -> SegmentLog.openReadOnly(folder));
    before.assertUnchanged(folder);
  }

  @Test
  void aFolderIsNotAdoptedWithAnotherSegmentSize() {
    SeedFormat seed = new SeedFormat(BLOCK, SEGMENT, 0);
    writeEveryKindOfBlock(seed);
    seed.write(folder, false);
    FolderBytes before = FolderBytes.of(folder);
    assertThrows(
        StorageException.class, () -> SegmentLog.adoptSeed(folder, BLOCK, SEGMENT * 2).close());
    before.assertUnchanged(folder);
  }
}
