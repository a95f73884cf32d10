package dev.varve.damage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.disk.SimulatedDisk;
import dev.varve.kit.disk.Simulation;
import dev.varve.segment.CheckKind;
import dev.varve.segment.NoSuchRecordException;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FolderCopy;
import dev.varve.support.TestLogs;
import dev.varve.support.Tried;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * What the seed's checks can tell, which is less: a record is itself or not there, and where its
 * own bytes are damaged that is said. A size slot that is flipped or zeroed may take records away
 * without a word, and a block of another log is taken for one of this (P3 does not hold).
 */
class DamagedMd5LogTest {
  private static final int BLOCK = TestLogs.TINY_BLOCK;

  /** Held, so that its level stays: each cut would be told. */
  private static final Logger LOGGER = Logger.getLogger("dev.varve.segment.SegmentLog");

  private static void simulate(Callable<Integer> damages) throws InterruptedException {
    LOGGER.setLevel(Level.WARNING);
    Tried.add("damaged logs", Simulation.call(damages));
  }

  private static List<String> segments(FolderCopy folder) {
    return folder.files().keySet().stream().filter(name -> name.endsWith(".sf")).toList();
  }

  @Test
  void everyFlippedBitLeavesRecordsThatAreThemselvesOrGone() throws InterruptedException {
    simulate(
        () -> {
          SmallLog log = SmallLog.write(CheckKind.MD5);
          int flips = 0;
          for (FolderCopy whole : List.of(log.closed(), log.open())) {
            for (String name : segments(whole)) {
              for (int bit = 0; bit < 8 * whole.file(name).length; bit++) {
                flip(log, whole, name, bit);
                flips++;
              }
            }
          }
          return flips;
        });
  }

  private static void flip(SmallLog log, FolderCopy whole, String name, int bit) {
    byte[] bytes = whole.file(name).clone();
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    String how = "%s bit %d".formatted(name, bit);
    try {
      int lost = lost(log, whole.with(name, bytes));
      boolean inSlots = bit / 8 % BLOCK >= BLOCK - 64;
      assertTrue(lost >= 0 || inSlots, "silence, and no slot was flipped");
    } catch (AssertionError wrong) {
      throw new AssertionError(how + ": " + wrong.getMessage(), wrong);
    }
  }

  /** How many records are not there; negative where nothing was said of that. */
  private static int lost(SmallLog log, FolderCopy damaged) {
    SimulatedDisk disk = damaged.start();
    try (SegmentLog open =
        SegmentLog.open(FolderCopy.FOLDER, SmallLog.options(CheckKind.MD5, disk))) {
      int lost = 0;
      boolean said = open.recovery().cutBytes() > 0 || !open.verify().whole();
      for (AppendedRecord record : log.records()) {
        try {
          assertArrayEquals(record.payload(), open.read(record.position()), record::toString);
        } catch (StorageException.Corrupt | NoSuchRecordException gone) {
          lost++;
        }
      }
      return said ? lost : -lost;
    } catch (StorageException.Corrupt verdict) {
      assertTrue(FolderCopy.of(disk).sameAs(damaged), () -> "changed before " + verdict);
      return log.records().size();
    } finally {
      disk.crash();
    }
  }

  @Test
  void everyZeroedSectorLeavesRecordsThatAreThemselvesOrGone() throws InterruptedException {
    simulate(
        () -> {
          SmallLog log = SmallLog.write(CheckKind.MD5);
          int zeroed = 0;
          for (String name : segments(log.open())) {
            for (int at = 0; at < TestLogs.TINY_SEGMENT; at += 64) {
              byte[] bytes = log.open().file(name).clone();
              Arrays.fill(bytes, at, at + 64, (byte) 0);
              int lost = lost(log, log.open().with(name, bytes));
              assertTrue(Math.abs(lost) <= log.records().size());
              zeroed++;
            }
          }
          return zeroed;
        });
  }

  @Test
  void aBlockOfAnotherLogIsTakenForOneOfThis() throws InterruptedException {
    simulate(
        () -> {
          SmallLog log = SmallLog.write(CheckKind.MD5);
          SmallLog foreign = SmallLog.writeForeign(CheckKind.MD5);
          String first = segments(log.closed()).getFirst();
          FolderCopy spliced = log.closed().with(first, foreign.closed().file(first));
          SimulatedDisk disk = spliced.start();
          try (SegmentLog open =
              SegmentLog.open(FolderCopy.FOLDER, SmallLog.options(CheckKind.MD5, disk))) {
            AppendedRecord taken = foreign.records().getFirst();
            assertArrayEquals(taken.payload(), open.read(taken.position()));
            assertEquals(List.of(), open.verify().damages());
          }
          return 1;
        });
  }
}
