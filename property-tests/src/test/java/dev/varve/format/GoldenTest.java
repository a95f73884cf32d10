package dev.varve.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Batch;
import dev.varve.segment.CheckKind;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FixedIo;
import dev.varve.support.FolderBytes;
import dev.varve.support.SuperblockFields;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Logs written once and kept: every later version reads them record by record, and writes the same
 * bytes for the same appends. A change of the format shows here first.
 *
 * <p>Written anew with {@code -Dgolden.write=true}; the old files go with a new format version.
 */
final class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private final ScratchFolder scratch = ScratchFolder.quick();

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private static Path golden(String name) {
    return GOLDEN.resolve(name);
  }

  private static Path golden(CheckKind check) {
    return golden(check.name().toLowerCase(Locale.ROOT));
  }

  private static LogOptions options(CheckKind check) {
    return TestLogs.tiny().withCheck(check).withIo(FixedIo.of("golden-boot", "golden-log-id-01"));
  }

  /** What the golden logs hold: all kinds of records that the check kind has. */
  private static List<byte[]> appended(CheckKind check) {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      payloads.add(Payloads.bytes(0x676F6C64, i, Payloads.number(0x676F6C64, i, 90)));
    }
    payloads.add(new byte[0]);
    payloads.add(Payloads.bytes(1, 1, TestLogs.longestWhole(TestLogs.TINY_BLOCK)));
    if (check == CheckKind.CRC32C) {
      payloads.add(Payloads.bytes(1, 2, 900));
    }
    payloads.add(Payloads.bytes(1, 3, 3));
    return payloads;
  }

  private static List<AppendedRecord> write(Path folder, CheckKind check) {
    List<AppendedRecord> records = new ArrayList<>();
    try (SegmentLog log = SegmentLog.open(folder, options(check))) {
      for (byte[] payload : appended(check)) {
        records.add(new AppendedRecord(log.append(payload), payload));
      }
      if (check == CheckKind.CRC32C) {
        log.append(new Batch().add(new byte[] {1, 2, 3}).add(new byte[300]).add(new byte[0]));
      }
    }
    return records;
  }

  @ParameterizedTest
  @EnumSource
  void theGoldenLogIsReadRecordByRecord(CheckKind check) throws IOException {
    writeGoldenWhenAsked(check);
    Path copy = scratch.path().resolve("copy");
    ScratchFolder.copy(golden(check), copy);
    List<AppendedRecord> expected = write(scratch.folder("again"), check);
    try (SegmentLog log = SegmentLog.openReadOnly(copy)) {
      List<AppendedRecord> found = TestLogs.content(log);
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i).position(), found.get(i).position());
        assertArrayEquals(expected.get(i).payload(), found.get(i).payload());
      }
      TestLogs.assertHolds(found, log);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameAppendsGiveTheSameBytes(CheckKind check) throws IOException {
    writeGoldenWhenAsked(check);
    Path folder = scratch.folder("again");
    write(folder, check);
    assertSameFiles(golden(check), folder);
  }

  private static void writeGoldenWhenAsked(CheckKind check) throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      Path golden = golden(check);
      try (ScratchFolder written = ScratchFolder.quick()) {
        Path folder = written.folder("log");
        write(folder, check);
        Files.createDirectories(golden);
        ScratchFolder.copy(folder, golden);
        removeWhatIsNoFormat(golden);
      }
    }
  }

  /** Locks and prepared segments hold nothing of the log. */
  private static void removeWhatIsNoFormat(Path folder) throws IOException {
    for (Path file : files(folder)) {
      if (!isFormat(file)) {
        Files.delete(file);
      }
    }
  }

  private static boolean isFormat(Path file) {
    String name = file.getFileName().toString();
    return name.equals("superblock") || name.matches("f\\d+\\.sf");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void assertSameFiles(Path golden, Path found) throws IOException {
    List<Path> expected = files(golden);
    List<Path> written = files(found).stream().filter(GoldenTest::isFormat).toList();
    assertEquals(names(expected), names(written));
    for (int i = 0; i < expected.size(); i++) {
      Path file = expected.get(i);
      if (file.endsWith("superblock")) {
        assertSameSuperblock(file, written.get(i));
        continue;
      }
      assertArrayEquals(
          Files.readAllBytes(file), Files.readAllBytes(written.get(i)), file::toString);
    }
  }

  /** The copy that counts; how often it was written before depends on the threads' pace. */
  private static void assertSameSuperblock(Path expected, Path found) throws IOException {
    assertArrayEquals(
        new SuperblockFields(expected.resolveSibling("")).newestWithoutSequence(),
        new SuperblockFields(found.resolveSibling("")).newestWithoutSequence(),
        expected::toString);
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }

  /** A folder of the seed's format as its text says, without anything of ours. */
  @Test
  void theGoldenSeedFolderIsWrittenAndAdopted() throws IOException {
    Path golden = golden("seed");
    Path folder = scratch.folder("seed");
    SeedFormat seed = new SeedFormat(TestLogs.TINY_BLOCK, TestLogs.TINY_SEGMENT, 0);
    List<AppendedRecord> records = new ArrayList<>();
    for (byte[] payload : appended(CheckKind.MD5)) {
      records.add(seed.append(payload));
    }
    seed.write(folder, false);
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(golden);
      ScratchFolder.copy(folder, golden);
    }
    assertSameFiles(golden, folder);
    try (SegmentLog log =
        SegmentLog.adoptSeed(folder, TestLogs.TINY_BLOCK, TestLogs.TINY_SEGMENT)) {
      TestLogs.assertHolds(records, log);
    }
    assertEquals(FolderBytes.segments(golden).size(), FolderBytes.segments(folder).size());
  }
}
