package dev.varve.fuzz;

import dev.varve.StorageException;
import dev.varve.io.Io;
import dev.varve.kit.disk.SimulatedDisk;
import dev.varve.kit.disk.Simulation;
import dev.varve.segment.CheckKind;
import dev.varve.segment.Cursor;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.NoSuchRecordException;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FolderCopy;
import dev.varve.support.TestLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What a log does with the files of a folder: open, read, take a record; or say what is wrong. */
final class LogFolders {
  /** What reading a log of the tiny geometry allocates besides. */
  static final long CONSTANT = 2 << 20;

  /** Held, so that its level stays: each cut would be told. */
  private static final Logger LOGGER = Logger.getLogger("dev.varve.segment.SegmentLog");

  private LogFolders() {}

  /** A closed log of some records, in fragments and batches where the check allows them. */
  static FolderCopy whole(CheckKind check) {
    return simulated(
        () -> {
          SimulatedDisk disk = new FolderCopy(Map.of()).start();
          try (SegmentLog log =
              SegmentLog.open(FolderCopy.FOLDER, options(disk).withCheck(check))) {
            List<byte[]> payloads = new ArrayList<>(List.of(new byte[5], new byte[40]));
            payloads.forEach(log::append);
            if (check == CheckKind.CRC32C) {
              long ignored = log.append(new byte[300]);
              TestLogs.appendBatch(log, payloads);
            }
          }
          return FolderCopy.of(disk);
        });
  }

  private static LogOptions options(Io machine) {
    return LogOptions.defaults()
        .withBlockSize(TestLogs.TINY_BLOCK)
        .withSegmentSize(TestLogs.TINY_SEGMENT)
        .withPreparedSegments(1)
        .withDurability(Durability.NONE)
        .withIo(machine);
  }

  private static <T> T simulated(Callable<T> task) {
    LOGGER.setLevel(Level.WARNING);
    try {
      return Simulation.call(task);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /**
   * Opens the folder for reading, in bounded memory, and for writing.
   *
   * @param constant what may be allocated besides
   */
  static void check(byte[] input, long constant, FolderCopy folder) {
    BoundedMemory.run(input, constant, () -> read(folder));
    boolean ignored = simulated(() -> write(folder));
  }

  private static void read(FolderCopy folder) {
    SimulatedDisk disk = folder.start();
    try (SegmentLog log =
        SegmentLog.openReadOnly(FolderCopy.FOLDER, LogOptions.defaults().withIo(disk))) {
      walk(log, log.forward());
      walk(log, log.backward());
      long ignored = log.verify().records();
    } catch (StorageException typed) {
      checkMessage(typed);
    }
  }

  private static void walk(SegmentLog log, Cursor cursor) {
    try (cursor) {
      while (cursor.next()) {
        int ignored = log.read(cursor.position()).length;
      }
    } catch (StorageException.Corrupt | StorageException.Dropped | NoSuchRecordException typed) {
      checkMessage(typed);
    }
  }

  private static boolean write(FolderCopy folder) {
    SimulatedDisk disk = folder.start();
    FolderCopy before = FolderCopy.of(disk);
    try (SegmentLog log = SegmentLog.open(FolderCopy.FOLDER, options(disk))) {
      walk(log, log.forward());
      long position = log.append(new byte[33]);
      if (log.read(position).length != 33) {
        throw new AssertionError("what was appended reads otherwise");
      }
      return true;
    } catch (StorageException typed) {
      checkMessage(typed);
      boolean verdict =
          typed instanceof StorageException.Corrupt
              || typed instanceof StorageException.UnsupportedFormat;
      if (verdict && !FolderCopy.of(disk).sameAs(before)) {
        throw new AssertionError("INV-10: bytes were changed before " + typed, typed);
      }
      return false;
    } finally {
      disk.crash();
    }
  }

  private static void checkMessage(RuntimeException typed) {
    if (String.valueOf(typed.getMessage()).isBlank()) {
      throw new AssertionError("a failure that says nothing", typed);
    }
  }
}
