package dev.varve.damage;

import dev.varve.io.Io;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.kit.disk.DiskOptions;
import dev.varve.kit.disk.Schedule;
import dev.varve.kit.disk.SimulatedDisk;
import dev.varve.segment.CheckKind;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.segment.WritePath;
import dev.varve.support.FixedIo;
import dev.varve.support.FolderCopy;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A log of three segments in several states: some records proven durable, others not, in blocks of
 * 256 bytes, with a record in fragments and batches.
 *
 * @param older the same folder before the last records
 * @param open the folder while the log is open: the records behind the sync are not proven
 * @param closed the folder after the log was closed: everything is proven
 */
record SmallLog(
    List<AppendedRecord> records, FolderCopy older, FolderCopy open, FolderCopy closed) {

  /** Another kernel than the one that writes the log runs when it is opened again. */
  private static SimulatedDisk laterBoot() {
    return new SimulatedDisk(DiskOptions.defaults(), Schedule.callerFirst())
        .crashPoint()
        .powerLoss(count -> count - 1)
        .start(Schedule.callerFirst());
  }

  static LogOptions options(CheckKind check, Io machine) {
    return TestLogs.tiny()
        .withCheck(check)
        .withPreparedSegments(1)
        .withDurability(Durability.NONE)
        .withWritePath(WritePath.MAPPED)
        .withIo(machine);
  }

  /** Writes one. */
  static SmallLog write(CheckKind check) {
    SimulatedDisk disk = laterBoot();
    return write(check, 1, disk, disk);
  }

  /** Writes another one, with records of the same lengths. */
  static SmallLog writeForeign(CheckKind check) {
    SimulatedDisk disk = laterBoot();
    return write(check, 2, disk, FixedIo.of(disk, disk.bootId(), "another log"));
  }

  private static SmallLog write(CheckKind check, long seed, SimulatedDisk disk, Io machine) {
    List<AppendedRecord> records = new ArrayList<>();
    FolderCopy older;
    FolderCopy open;
    try (SegmentLog log = SegmentLog.open(FolderCopy.FOLDER, options(check, machine))) {
      for (int length : new int[] {20, 40, 90, 150, 30}) {
        records.add(TestLogs.append(log, seed, records.size(), length));
      }
      long ignored = log.sync();
      records.add(TestLogs.append(log, seed, records.size(), 60));
      older = FolderCopy.of(disk);
      addUnproven(log, check, seed, records);
      open = FolderCopy.of(disk);
    }
    return new SmallLog(List.copyOf(records), older, open, FolderCopy.of(disk));
  }

  private static void addUnproven(
      SegmentLog log, CheckKind check, long seed, List<AppendedRecord> records) {
    if (check == CheckKind.CRC32C) {
      records.add(TestLogs.append(log, seed, records.size(), 300));
      records.addAll(
          TestLogs.appendBatch(
              log,
              List.of(Payloads.bytes(seed, 90, 9), new byte[0], Payloads.bytes(seed, 91, 120))));
    }
    for (int length : new int[] {50, 60, 10}) {
      records.add(TestLogs.append(log, seed, records.size(), length));
    }
  }

  /** The folder as real files. */
  static Path write(FolderCopy folder, ScratchFolder scratch) throws IOException {
    Path path = Files.createDirectories(scratch.path().resolve("small"));
    for (String name : folder.files().keySet()) {
      Files.write(path.resolve(name), folder.file(name));
    }
    return path;
  }
}
