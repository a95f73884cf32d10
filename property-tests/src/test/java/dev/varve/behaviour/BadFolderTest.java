package dev.varve.behaviour;

import static dev.varve.support.Messages.assertNames;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FolderBytes;
import dev.varve.support.Mount;
import dev.varve.support.SuperblockFields;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A folder that is no log, or not one of ours, is refused by name; no byte of it changes. */
final class BadFolderTest {
  private static final int SEGMENT = TestLogs.TINY_SEGMENT;

  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private List<AppendedRecord> write() {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
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
    List<AppendedRecord> records = write();
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
  void aNewerVersionIsNamed() throws IOException {
    write();
    SuperblockFields.raiseVersion(folder);
    StorageException.UnsupportedFormat error =
        assertRefused(folder, StorageException.UnsupportedFormat.class);
    assertNames(error, "superblock", SuperblockFields.NEWER_VERSION);
    assertTrue(error.found().contains(String.valueOf(SuperblockFields.NEWER_VERSION)));
  }

  @Test
  void anotherBlockSizeThanTheLogsIsRefused() {
    write();
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
    write();
    Path superblock = folder.resolve("superblock");
    Files.write(superblock, new byte[(int) Files.size(superblock)]);
    assertNames(assertRefused(folder, StorageException.class), "superblock");
  }

  @Test
  void anEmptySuperblockIsRefused() throws IOException {
    write();
    Files.write(folder.resolve("superblock"), new byte[0]);
    assertNames(assertRefused(folder, StorageException.class), "superblock");
  }
}
