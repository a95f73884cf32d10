package dev.varve.behaviour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.CheckKind;
import dev.varve.segment.Cursor;
import dev.varve.segment.LogOptions;
import dev.varve.segment.NoSuchRecordException;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FolderBytes;
import dev.varve.support.Mount;
import dev.varve.support.SuperblockFields;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of bad input gets a typed error that says what is wrong where; no byte changes. */
final class BadInputTest {
  private static final int SEGMENT = TestLogs.TINY_SEGMENT;

  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private List<AppendedRecord> write(CheckKind check) {
    return write(folder, check);
  }

  private static List<AppendedRecord> write(Path folder, CheckKind check) {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny().withCheck(check))) {
      return TestLogs.fill(log, 1, 40, 100);
    }
  }

  /** Both ways to open fail so, and change nothing. */
  private static <E extends RuntimeException> E assertRefused(Path folder, Class<E> type) {
    FolderBytes before = FolderBytes.of(folder);
    E readOnly = assertThrows(type, () -> SegmentLog.openReadOnly(folder).close());
    before.assertUnchanged(folder);
    E error = assertThrows(type, () -> SegmentLog.open(folder).close());
    before.assertUnchanged(folder);
    assertEquals(readOnly.getMessage(), error.getMessage());
    return error;
  }

  private static void assertNames(RuntimeException error, Object... parts) {
    for (Object part : parts) {
      assertTrue(
          String.valueOf(error.getMessage()).contains(part.toString()),
          () -> "'%s' is not in: %s".formatted(part, error.getMessage()));
    }
  }

  @Test
  void aFolderOfOtherFilesIsNoLog() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "nothing of ours");
    Files.write(folder.resolve("f000000000000.sf"), new byte[SEGMENT]);
    StorageException.UnsupportedFormat error =
        assertRefused(folder, StorageException.UnsupportedFormat.class);
    assertNames(error, folder);
    assertFalse(error.found().isBlank());
    assertFalse(error.supported().isBlank());
  }

  @Test
  void aMissingFolderIsNotCreatedByAReader() {
    Path missing = folder.resolve("missing");
    assertNames(
        assertThrows(
            StorageException.Unavailable.class, () -> SegmentLog.openReadOnly(missing).close()),
        missing);
    assertFalse(Files.exists(missing));
  }

  @Test
  void aMissingParentIsNotCreated() {
    Path missing = folder.resolve("missing/log");
    assertNames(
        assertThrows(StorageException.Unavailable.class, () -> SegmentLog.open(missing).close()),
        "missing");
    assertFalse(Files.exists(missing.getParent()));
  }

  @Test
  void aFolderThatIsAFileIsUnavailable() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "a file");
    for (Function<Path, SegmentLog> open : openings()) {
      assertNames(
          assertThrows(StorageException.Unavailable.class, () -> open.apply(file).close()), file);
    }
    assertEquals("a file", Files.readString(file));
  }

  private static List<Function<Path, SegmentLog>> openings() {
    return List.of(SegmentLog::open, SegmentLog::openReadOnly);
  }

  /** Not even root creates a folder there. */
  @Test
  void aFolderThatCannotBeCreatedIsUnavailable() {
    Path refused = Path.of("/proc/self/varve");
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
    assertNames(
        assertThrows(StorageException.Unavailable.class, () -> SegmentLog.open(refused).close()),
        refused);
  }

  @Test
  void aReadOnlyFolderIsReadAndNotWritten() {
    List<AppendedRecord> records = write(CheckKind.CRC32C);
    FolderBytes before = FolderBytes.of(folder);
    try (Mount mount = Mount.readOnly(folder, scratch.path().resolve("read-only"))) {
      assertNames(
          assertThrows(
              StorageException.Unavailable.class, () -> SegmentLog.open(mount.path()).close()),
          mount.path());
      try (SegmentLog log = SegmentLog.openReadOnly(mount.path())) {
        TestLogs.assertHolds(records, log);
      }
    }
    before.assertUnchanged(folder);
  }

  @Test
  void aReadOnlyLogRefusesToChangeAnything() {
    List<AppendedRecord> records = write(CheckKind.CRC32C);
    FolderBytes before = FolderBytes.of(folder);
    try (SegmentLog log = SegmentLog.openReadOnly(folder)) {
      assertTrue(log.readOnly());
      assertThrows(IllegalStateException.class, () -> log.append(new byte[1]));
      assertThrows(IllegalStateException.class, () -> log.dropBefore(records.get(9).position()));
      TestLogs.assertHolds(records, log);
    }
    before.assertUnchanged(folder);
  }

  @Test
  void aNewerVersionIsNamed() throws IOException {
    write(CheckKind.CRC32C);
    SuperblockFields.raiseVersion(folder);
    StorageException.UnsupportedFormat error =
        assertRefused(folder, StorageException.UnsupportedFormat.class);
    assertNames(error, "superblock", SuperblockFields.NEWER_VERSION);
    assertTrue(error.found().contains(String.valueOf(SuperblockFields.NEWER_VERSION)));
  }

  @Test
  void anotherBlockSizeThanTheLogsIsRefused() {
    write(CheckKind.CRC32C);
    FolderBytes before = FolderBytes.of(folder);
    LogOptions wrong = TestLogs.tiny().withSegmentSize(4096).withBlockSize(512);
    StorageException.UnsupportedFormat error =
        assertThrows(
            StorageException.UnsupportedFormat.class, () -> SegmentLog.open(folder, wrong).close());
    assertNames(error, 256, 512);
    before.assertUnchanged(folder);
  }

  @Test
  void aSuperblockOfZerosIsRefused() throws IOException {
    write(CheckKind.CRC32C);
    Path superblock = folder.resolve("superblock");
    Files.write(superblock, new byte[(int) Files.size(superblock)]);
    assertNames(assertRefused(folder, StorageException.class), "superblock");
  }

  @Test
  void anEmptySuperblockIsRefused() throws IOException {
    write(CheckKind.CRC32C);
    Files.write(folder.resolve("superblock"), new byte[0]);
    assertNames(assertRefused(folder, StorageException.class), "superblock");
  }

  /** A file cut in the proven range: whoever meets the cut says where it is. */
  @ParameterizedTest
  @EnumSource
  void aTruncatedSegmentIsCorruptWhereItEnds(CheckKind check) throws IOException {
    List<AppendedRecord> records = write(check);
    Path segment = FolderBytes.segments(folder).get(2);
    Files.write(segment, Arrays.copyOf(Files.readAllBytes(segment), SEGMENT / 2 + 7));
    assertDamageIsMet(records, segment);
  }

  /** A file of zeros in the proven range. */
  @ParameterizedTest
  @EnumSource(names = "CRC32C")
  void aSegmentOfZerosIsCorrupt(CheckKind check) throws IOException {
    List<AppendedRecord> records = write(check);
    Path segment = FolderBytes.segments(folder).get(2);
    Files.write(segment, new byte[SEGMENT]);
    assertDamageIsMet(records, segment);
  }

  @ParameterizedTest
  @EnumSource
  void aMissingSegmentIsCorrupt(CheckKind check) throws IOException {
    List<AppendedRecord> records = write(check);
    Path segment = FolderBytes.segments(folder).get(2);
    Files.delete(segment);
    assertDamageIsMet(records, segment);
  }

  @ParameterizedTest
  @EnumSource
  void twoSwappedSegmentsAreCorrupt(CheckKind check) throws IOException {
    List<AppendedRecord> records = write(check);
    Path one = FolderBytes.segments(folder).get(2);
    Path two = FolderBytes.segments(folder).get(3);
    byte[] bytes = Files.readAllBytes(one);
    Files.write(one, Files.readAllBytes(two));
    Files.write(two, bytes);
    assertDamageIsMet(records, one);
  }

  /** The identity of the log is part of each check: a record of another log is no record. */
  @Test
  void aSegmentOfAnotherLogIsCorrupt() throws IOException {
    List<AppendedRecord> records = write(CheckKind.CRC32C);
    Path other = scratch.folder("other");
    List<AppendedRecord> others = write(other, CheckKind.CRC32C);
    assertArrayEquals(records.getLast().payload(), others.getLast().payload());
    Path mine = FolderBytes.segments(folder).get(2);
    Files.write(mine, Files.readAllBytes(FolderBytes.segments(other).get(2)));
    assertDamageIsMet(records, mine);
  }

  /** Records in the segment are Corrupt by name, all others are read, and no byte changes. */
  private void assertDamageIsMet(List<AppendedRecord> records, Path segment) {
    long start = FolderBytes.start(segment);
    FolderBytes before = FolderBytes.of(folder);
    int corrupt = 0;
    try (SegmentLog log = SegmentLog.openReadOnly(folder)) {
      for (AppendedRecord record : records) {
        try {
          assertArrayEquals(record.payload(), log.read(record.position()));
        } catch (StorageException.Corrupt error) {
          assertNames(error, error.file(), error.position(), error.expected(), error.found());
          corrupt++;
        }
      }
      assertTrue(corrupt > 0, "the damage was not noticed by reads");
      assertFalse(log.verify().whole());
      try (Cursor cursor = log.forward()) {
        StorageException.Corrupt error =
            assertThrows(
                StorageException.Corrupt.class,
                () -> {
                  while (cursor.next()) {
                    assertTrue(cursor.position() < start + SEGMENT, "walked past the damage");
                  }
                });
        assertEquals(segment.getFileName().toString(), error.file());
      }
    }
    before.assertUnchanged(folder);
  }

  @Test
  void optionsOutsideTheirRangesAreMisuse() {
    LogOptions options = TestLogs.tiny();
    assertThrows(IllegalArgumentException.class, () -> options.withBlockSize(128));
    assertThrows(IllegalArgumentException.class, () -> options.withBlockSize(1000));
    assertThrows(IllegalArgumentException.class, () -> options.withBlockSize(1 << 17));
    assertThrows(IllegalArgumentException.class, () -> options.withSegmentSize(-512));
    assertThrows(IllegalArgumentException.class, () -> options.withSegmentSize(1 << 29));
    assertThrows(IllegalArgumentException.class, () -> options.withBatchLimit(-1));
    assertThrows(IllegalArgumentException.class, () -> options.withPreparedSegments(-1));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1, 25, 1L << 40, Long.MAX_VALUE, Long.MAX_VALUE - 511})
  void aPositionThatIsNoRecordsStartIsNamed(long position) {
    write(CheckKind.CRC32C);
    FolderBytes before = FolderBytes.of(folder);
    try (SegmentLog log = SegmentLog.openReadOnly(folder)) {
      Class<IllegalArgumentException> misuse = IllegalArgumentException.class;
      assertNames(assertThrows(misuse, () -> log.read(position)), position);
      assertNames(assertThrows(misuse, () -> log.reader().read(position)), position);
      assertNames(assertThrows(misuse, () -> log.forward(position).next()), position);
      assertNames(assertThrows(misuse, () -> log.backward(position).next()), position);
      if (position > 0) {
        NoSuchRecordException error =
            assertThrows(NoSuchRecordException.class, () -> log.read(position));
        assertEquals(position, error.position());
      }
    }
    before.assertUnchanged(folder);
  }

  @Test
  void aRangeOutsideItsArrayIsMisuse() {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
      byte[] source = new byte[10];
      assertThrows(RuntimeException.class, () -> log.append(source, 5, 6));
      assertThrows(RuntimeException.class, () -> log.append(source, -1, 2));
      assertThrows(RuntimeException.class, () -> log.append(source, 2, -1));
      assertEquals(0, log.end());
      TestLogs.assertHolds(List.of(), log);
    }
  }
}
