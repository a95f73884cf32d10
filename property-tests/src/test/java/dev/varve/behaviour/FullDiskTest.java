package dev.varve.behaviour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Batch;
import dev.varve.segment.Cursor;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.segment.WritePath;
import dev.varve.support.Mount;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A full disk is a clean {@code Full} (P5): reading goes on, and so does writing after room was
 * made.
 */
final class FullDiskTest {
  private static final int DISK = 2 << 20;
  private static final int PAGE = 4096;
  private static final int BALLAST = 1 << 20;

  private final ScratchFolder scratch = ScratchFolder.quick();

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private static LogOptions options(String durability, WritePath path) {
    return LogOptions.defaults()
        .withBlockSize(4096)
        .withSegmentSize(1 << 16)
        .withDurability(durability.equals("NONE") ? Durability.NONE : Durability.SYNC)
        .withWritePath(path);
  }

  @ParameterizedTest
  @CsvSource({"NONE,MAPPED", "SYNC,POSITIONAL", "NONE,POSITIONAL", "SYNC,MAPPED"})
  void aFullDiskRefusesAppendsUntilRoomWasMadeAndTheLogReopened(String durability, WritePath path)
      throws IOException {
    try (Mount mount = Mount.tmpfs(scratch.path().resolve("disk"), DISK)) {
      Path ballast = Files.write(mount.path().resolve("ballast"), new byte[BALLAST]);
      Path folder = mount.path().resolve("log");
      List<AppendedRecord> records = new ArrayList<>();
      try (SegmentLog log = SegmentLog.open(folder, options(durability, path))) {
        assertThrows(StorageException.Full.class, () -> appendForever(log, records));
        assertTrue(records.size() > 100, () -> "full after " + records.size());
        for (int attempt = 0; attempt < 3; attempt++) {
          assertThrows(StorageException.class, () -> appendForever(log, records));
        }
        TestLogs.assertHolds(records, log);
        assertReads(log, records);
      }
      Files.delete(ballast);
      try (SegmentLog log = SegmentLog.open(folder, options(durability, path))) {
        TestLogs.assertHolds(records, log);
        for (int i = 0; i < 20; i++) {
          records.add(TestLogs.append(log, 2, i, 5000));
        }
        TestLogs.assertHolds(records, log);
      }
    }
  }

  private static void appendForever(SegmentLog log, List<AppendedRecord> records) {
    while (true) {
      int next = records.size();
      records.add(TestLogs.append(log, 1, next, Payloads.number(1, next, 9000)));
    }
  }

  private static void assertReads(SegmentLog log, List<AppendedRecord> records) {
    for (AppendedRecord record : records) {
      assertArrayEquals(record.payload(), log.read(record.position()));
    }
  }

  /**
   * A batch reserves its room before its first byte: where it does not fit, nothing of it is there.
   */
  @Test
  void aBatchThatDoesNotFitLeavesNoTrace() throws IOException {
    try (Mount mount = Mount.tmpfs(scratch.path().resolve("disk"), DISK)) {
      Path folder = mount.path().resolve("log");
      AppendedRecord first;
      try (SegmentLog log = SegmentLog.open(folder, options("SYNC", WritePath.AUTO))) {
        first = TestLogs.append(log, 1, 0, 100);
        Batch batch = new Batch().add(new byte[DISK / 2]).add(new byte[DISK]);
        assertThrows(StorageException.Full.class, () -> log.append(batch));
        TestLogs.assertHolds(List.of(first), log);
      }
      try (SegmentLog log = SegmentLog.open(folder)) {
        TestLogs.assertHolds(List.of(first), log);
        AppendedRecord second = TestLogs.append(log, 1, 1, 100);
        TestLogs.assertHolds(List.of(first, second), log);
      }
    }
  }

  /** The process dies on the full disk; what is left is read there, and goes on behind it (P2). */
  @ParameterizedTest
  @CsvSource({"NONE,MAPPED", "SYNC,POSITIONAL", "NONE,POSITIONAL", "SYNC,MAPPED"})
  void batchesThatAFullDiskTookAreWholeForWhoeverOpensItFull(String durability, WritePath path)
      throws IOException {
    LogOptions options = options(durability, path);
    try (Mount mount = Mount.tmpfs(scratch.path().resolve("disk"), DISK)) {
      Path ballast = Files.write(mount.path().resolve("ballast"), new byte[BALLAST]);
      Path folder = mount.path().resolve("log");
      List<AppendedRecord> records = new ArrayList<>();
      Path left = scratch.path().resolve("left");
      try (SegmentLog log = SegmentLog.open(folder, options)) {
        assertThrows(StorageException.Full.class, () -> appendBatchesForever(log, records));
        assertTrue(records.size() > 100, () -> "full after " + records.size());
        ScratchFolder.copy(folder, left);
      }
      putBack(left, folder);
      try (SegmentLog reader = SegmentLog.openReadOnly(folder)) {
        TestLogs.assertHolds(records, reader);
      }
      openOnTheFullDisk(folder, options, records);
      Files.delete(ballast);
      try (SegmentLog log = SegmentLog.open(folder, options)) {
        records.addAll(TestLogs.fill(log, 3, 20, 5000));
        TestLogs.assertHolds(records, log);
      }
    }
  }

  private static void appendBatchesForever(SegmentLog log, List<AppendedRecord> records) {
    while (true) {
      int next = records.size();
      byte[] first = Payloads.bytes(2, next, Payloads.number(2, next, 3000));
      byte[] second = Payloads.bytes(2, next + 1, 10 + Payloads.number(3, next, 9000));
      long position = log.append(new Batch().add(first).add(second));
      records.add(new AppendedRecord(position, first));
      try (Cursor cursor = log.forward(position)) {
        assertTrue(cursor.next(), "the first of the batch");
        assertTrue(cursor.next(), "the second of the batch");
        records.add(new AppendedRecord(cursor.position(), second));
      }
    }
  }

  /** The files as they were when the process was still there, on a disk with no more room. */
  private static void putBack(Path left, Path folder) throws IOException {
    ScratchFolder.remove(folder);
    ScratchFolder.copy(left, folder);
  }

  /** Either it goes on, or it is refused and nothing is changed. */
  private static void openOnTheFullDisk(
      Path folder, LogOptions options, List<AppendedRecord> records) {
    try (SegmentLog log = SegmentLog.open(folder, options)) {
      TestLogs.assertHolds(records, log);
      assertThrows(StorageException.Full.class, () -> appendBatchesForever(log, records));
    } catch (StorageException.Full refused) {
      try (SegmentLog reader = SegmentLog.openReadOnly(folder)) {
        TestLogs.assertHolds(records, reader);
      }
    }
  }

  /** Whatever step of the opening meets the full disk: Full, and nothing is left held or broken. */
  @ParameterizedTest
  @CsvSource({"NONE,MAPPED", "SYNC,POSITIONAL"})
  void aLogThatCannotBeOpenedForWantOfRoomIsOpenedOnceThereIsRoom(String durability, WritePath path)
      throws IOException {
    LogOptions options = options(durability, path);
    try (Mount mount = Mount.tmpfs(scratch.path().resolve("disk"), DISK)) {
      Path ballast = mount.path().resolve("ballast");
      for (int freePages = 0; freePages <= 40; freePages++) {
        Path folder = mount.path().resolve("log-" + freePages);
        fillExcept(ballast, freePages);
        try (SegmentLog log = SegmentLog.open(folder, options)) {
          log.append(new byte[10]);
        } catch (StorageException.Full full) {
          // What want of room is called.
        }
        Files.delete(ballast);
        try (SegmentLog log = SegmentLog.open(folder, options)) {
          AppendedRecord record = TestLogs.append(log, 1, 0, 100);
          assertArrayEquals(record.payload(), log.read(record.position()));
        }
        ScratchFolder.remove(folder);
      }
    }
  }

  private static void fillExcept(Path ballast, int freePages) throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] page = new byte[PAGE];
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
        channel.truncate(Math.max(0, channel.size() - (long) freePages * PAGE));
      }
    }
  }
}
