package dev.varve.behaviour;

import static dev.varve.support.Messages.assertNames;
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
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad bytes and bad arguments get a typed error that says what is wrong where; no byte changes. */
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
