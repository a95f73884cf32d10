package dev.varve.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.CheckKind;
import dev.varve.segment.Cursor;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.segment.WritePath;
import dev.varve.support.CountingIo;
import dev.varve.support.FolderBytes;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What went wrong in the original of the seed, once each: none of it is ours. */
final class SeedTrapTest {
  private static final int BLOCK = TestLogs.TINY_BLOCK;
  private static final int SEGMENT = TestLogs.TINY_SEGMENT;

  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private static LogOptions tiny(CheckKind check) {
    return TestLogs.tiny().withCheck(check);
  }

  /**
   * Trap 1: 117 records of 7 bytes leave one byte between the last record and the sizes; reading
   * the terminator there overlaps the record, and the original delivers six more.
   */
  @Test
  void aGapShorterThanATerminatorHidesNoPhantomRecords() {
    SeedFormat seed = new SeedFormat(4096, 4 << 20, 0);
    List<AppendedRecord> records = new ArrayList<>();
    for (int i = 0; i < 117; i++) {
      records.add(seed.append(Payloads.bytes(117, i, 7)));
    }
    assertEquals(1, seed.gap(), "the block the original stumbles over");
    seed.write(folder, false);
    try (SegmentLog log = SegmentLog.adoptSeed(folder, 4096, 4 << 20)) {
      TestLogs.assertHolds(records, log);
      records.addAll(TestLogs.fill(log, 118, 200, 7));
      TestLogs.assertHolds(records, log);
    }
  }

  /** Trap 1, on the writing side: our own blocks always have room for a terminator. */
  @ParameterizedTest
  @EnumSource
  void ourOwnBlocksKeepRoomForATerminator(CheckKind check) {
    try (SegmentLog log =
        SegmentLog.open(
            folder, LogOptions.defaults().withCheck(check).withDurability(Durability.NONE))) {
      List<AppendedRecord> records = new ArrayList<>();
      for (int i = 0; i < 118; i++) {
        records.add(TestLogs.append(log, 117, i, 7));
      }
      TestLogs.assertHolds(records, log);
      assertEquals(4096, records.get(116).position(), "116 fit, the next one starts a block");
    }
  }

  /** The seed's sizes have no flags: a size with one is damage, however the record is read. */
  @Test
  void aSizeWithAFlagIsDamageInTheSeedsFormat() throws IOException {
    AppendedRecord victim;
    try (SegmentLog log = SegmentLog.open(folder, tiny(CheckKind.MD5))) {
      victim = TestLogs.append(log, 2, 0, 60);
    }
    int highestByteOfItsSize = BLOCK - 1;
    flip(highestByteOfItsSize);
    try (SegmentLog log = SegmentLog.openReadOnly(folder)) {
      assertThrows(RuntimeException.class, () -> log.read(victim.position()));
      assertEquals(0, log.verify().records());
    }
  }

  /** Trap 2: neither hash nor position was looked at when reading. */
  @ParameterizedTest
  @CsvSource({"MD5,0", "MD5,8", "MD5,24", "CRC32C,0", "CRC32C,8", "CRC32C,12", "CRC32C,24"})
  void hashAndPositionAreVerifiedOnRead(CheckKind check, int offset) throws IOException {
    List<AppendedRecord> records;
    try (SegmentLog log = SegmentLog.open(folder, tiny(check))) {
      records = TestLogs.fill(log, 2, 12, 60);
    }
    AppendedRecord victim = records.get(5);
    flip(victim.position() + offset);
    try (SegmentLog log = SegmentLog.open(folder)) {
      StorageException.Corrupt read =
          assertThrows(StorageException.Corrupt.class, () -> log.read(victim.position()));
      assertEquals(victim.position(), read.position());
      try (Cursor forward = log.forward();
          Cursor backward = log.backward()) {
        assertEquals(5, countUntilCorrupt(forward));
        assertEquals(6, countUntilCorrupt(backward));
      }
      assertEquals(1, log.verify().damages().size());
      assertEquals(11, log.verify().records());
    }
  }

  private static int countUntilCorrupt(Cursor cursor) {
    int[] count = {0};
    assertThrows(
        StorageException.Corrupt.class,
        () -> {
          while (cursor.next()) {
            count[0]++;
          }
        });
    return count[0];
  }

  private void flip(long position) throws IOException {
    Path file = folder.resolve("f%012d.sf".formatted(position / SEGMENT * SEGMENT));
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) (position % SEGMENT)] ^= 4;
    Files.write(file, bytes);
  }

  /** Trap 3: whole blocks were written again with each append, acknowledged records included. */
  @ParameterizedTest
  @CsvSource({"CRC32C,MAPPED", "CRC32C,POSITIONAL", "MD5,MAPPED", "MD5,POSITIONAL"})
  void acknowledgedBytesNeverChange(CheckKind check, WritePath path) throws IOException {
    Map<String, byte[]> acknowledged = new TreeMap<>();
    try (SegmentLog log = SegmentLog.open(folder, tiny(check).withWritePath(path))) {
      for (int i = 0; i < 60; i++) {
        TestLogs.append(log, 3, i, Payloads.number(3, i, 90));
        assertNothingButZerosWasReplaced(acknowledged);
      }
    }
    assertNothingButZerosWasReplaced(acknowledged);
  }

  private void assertNothingButZerosWasReplaced(Map<String, byte[]> acknowledged)
      throws IOException {
    for (Path segment : FolderBytes.segments(folder)) {
      byte[] now = Files.readAllBytes(segment);
      byte[] before = acknowledged.put(segment.getFileName().toString(), now);
      for (int i = 0; before != null && i < before.length; i++) {
        assertTrue(before[i] == 0 || before[i] == now[i], segment + " changed at " + i);
      }
    }
  }

  /** Trap 4: after a crash between creating a file and its first record there was no head. */
  @ParameterizedTest
  @EnumSource
  void anEmptyNewestSegmentDoesNotHideTheHead(CheckKind check) throws IOException {
    Path copy = scratch.path().resolve("copy");
    List<AppendedRecord> records = new ArrayList<>();
    try (SegmentLog log = SegmentLog.open(folder, tiny(check).withDurability(Durability.NONE))) {
      while (log.end() <= SEGMENT) {
        records.add(TestLogs.append(log, 4, records.size(), 60));
      }
      ScratchFolder.copy(folder, copy, "superblock");
    }
    Path newest = copy.resolve("f%012d.sf".formatted(SEGMENT));
    Files.write(newest, new byte[SEGMENT]);
    records.removeLast();
    try (SegmentLog log = SegmentLog.open(copy)) {
      TestLogs.assertHolds(records, log);
      records.add(TestLogs.append(log, 4, 99, 60));
      TestLogs.assertHolds(records, log);
    }
  }

  /** Trap 4, in a folder of the original's. */
  @Test
  void anEmptyNewestFileOfAForeignFolderDoesNotHideTheHead() {
    SeedFormat seed = new SeedFormat(BLOCK, SEGMENT, 0);
    List<AppendedRecord> records = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      records.add(seed.append(Payloads.bytes(4, i, 90)));
    }
    seed.write(folder, true);
    try (SegmentLog log = SegmentLog.adoptSeed(folder, BLOCK, SEGMENT)) {
      TestLogs.assertHolds(records, log);
      records.addAll(TestLogs.fill(log, 5, 30, 90));
      TestLogs.assertHolds(records, log);
    }
  }

  /** Trap 5: each attempt at a record too long for the log left an empty block behind. */
  @ParameterizedTest
  @EnumSource
  void anAppendThatIsRefusedTakesNoSpace(CheckKind check) {
    try (SegmentLog log = SegmentLog.open(folder, tiny(check))) {
      TestLogs.append(log, 5, 0, 10);
      long end = log.end();
      FolderBytes before = FolderBytes.ofLog(folder);
      byte[] tooLong = new byte[log.options().batchLimit() + 1];
      for (int attempt = 0; attempt < 5; attempt++) {
        assertThrows(IllegalArgumentException.class, () -> log.append(tooLong));
      }
      assertEquals(end, log.end());
      before.assertUnchanged(folder);
      assertEquals(end, TestLogs.append(log, 5, 1, 10).position());
    }
  }

  /** Trap 5, on the reading side: folders of the original's have such empty blocks. */
  @Test
  void emptyBlocksOfTheOriginalsFailedAppendsArePassedOver() {
    SeedFormat seed = new SeedFormat(BLOCK, SEGMENT, 0);
    List<AppendedRecord> records = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      records.add(seed.append(Payloads.bytes(5, i, 100)));
      if (i % 3 == 0) {
        seed.nextBlock();
        seed.nextBlock();
      }
    }
    seed.write(folder, false);
    try (SegmentLog log = SegmentLog.adoptSeed(folder, BLOCK, SEGMENT)) {
      TestLogs.assertHolds(records, log);
      records.addAll(TestLogs.fill(log, 6, 10, 100));
      TestLogs.assertHolds(records, log);
    }
  }

  /** Trap 6: a walk read the whole log, wherever it started. */
  @ParameterizedTest
  @EnumSource
  void aWalkOpensOnlyTheSegmentsItVisits(CheckKind check) {
    AppendedRecord middle;
    AppendedRecord newest;
    try (SegmentLog log = SegmentLog.open(folder, tiny(check).withDurability(Durability.NONE))) {
      List<AppendedRecord> records = TestLogs.fill(log, 6, 1000, 100);
      middle = records.get(500);
      newest = records.getLast();
    }
    assertTrue(FolderBytes.segments(folder).size() > 100);
    CountingIo io = new CountingIo();
    try (SegmentLog log = SegmentLog.openReadOnly(folder, tiny(check).withIo(io));
        Cursor backward = log.backward();
        Cursor forward = log.forward(middle.position())) {
      assertTrue(backward.next() && forward.next());
      assertArrayEquals(newest.payload(), backward.toByteArray());
      assertArrayEquals(middle.payload(), forward.toByteArray());
    }
    assertTrue(
        io.opened("f").size() <= 4,
        () -> "opened " + io.opened("f").size() + ": " + io.opened("f"));
  }

  /** Trap 6: positions beyond 2 GiB disappeared in an int. */
  @ParameterizedTest
  @CsvSource({
    "CRC32C,2147483648",
    "MD5,2147483648",
    "CRC32C,1099511627776",
    "CRC32C,4398046511104"
  })
  void logsMayBeginBeyondAnInt(CheckKind check, long base) {
    LogOptions options = tiny(check).withFirstPosition(base);
    List<AppendedRecord> records = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      try (SegmentLog log = SegmentLog.open(folder, options)) {
        assertEquals(base, log.tail());
        records.addAll(TestLogs.fill(log, round, 40, 200));
        TestLogs.assertHolds(records, log);
      }
    }
    assertEquals(base, records.getFirst().position());
  }

  /** Trap 6, in a folder of the original's. */
  @ParameterizedTest
  @CsvSource({"2147483648", "1099511627776", "4398046511104"})
  void positionsDoNotEndWithAnInt(long base) {
    SeedFormat seed = new SeedFormat(BLOCK, SEGMENT, base);
    List<AppendedRecord> records = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      records.add(seed.append(Payloads.bytes(6, i, 70)));
    }
    seed.write(folder, false);
    try (SegmentLog log = SegmentLog.adoptSeed(folder, BLOCK, SEGMENT)) {
      assertEquals(base, log.tail());
      records.addAll(TestLogs.fill(log, 7, 20, 70));
      TestLogs.assertHolds(records, log);
    }
  }
}
