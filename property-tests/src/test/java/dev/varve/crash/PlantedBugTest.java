package dev.varve.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import dev.varve.kit.Payloads;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.disk.CrashCase;
import dev.varve.kit.disk.CrashPoint;
import dev.varve.kit.disk.CrashSummary;
import dev.varve.kit.disk.FailedCase;
import dev.varve.kit.disk.LogOnDisk;
import dev.varve.kit.disk.PowerLost;
import dev.varve.kit.disk.RandomCrashes;
import dev.varve.kit.disk.Schedule;
import dev.varve.kit.disk.SimulatedDisk;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The checker is checked: a log with a bug is found out by the promise that it breaks, the log
 * without it is not.
 *
 * <p>A case that was found is replayed up to five times before it counts as not failing again: one
 * run in some hundreds or thousands takes another course than its schedule had before.
 */
class PlantedBugTest {
  private static final int SEEDS = 12;
  private static final int TRIES = 5;
  private static final int RECORDS = 4;
  private static final int PAYLOAD_BYTES = 20;
  private static final int FRAME_BYTES = 24 + PAYLOAD_BYTES;

  private static CrashSummary search(LogOnDisk log) throws InterruptedException {
    return CrashCases.simulate(
        () -> {
          RandomCrashes crashes =
              new RandomCrashes(log, SegmentLogCrashTest.FINE, SegmentLogCrashTest::operation);
          for (long seed = 1; seed <= SEEDS; seed++) {
            crashes.run(seed);
          }
          return crashes.summary();
        });
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DAMAGE_TAKEN_AS_TAIL")
  void plantedBugIsFoundAndItsCaseFailsAgain(PlantedBug bug) throws InterruptedException {
    FailedCase found = assertThrows(FailedCase.class, () -> search(bug));
    System.out.printf("%s: %s%n", bug, found.getMessage());
    assertNames(bug, found);
    CrashCase again = CrashCase.parse(found.sessions().lines());
    assertTrue(failsAgain(again, bug), () -> TRIES + " replays found nothing: " + found);
    boolean ignored = CrashCases.simulate(() -> replayed(again, SegmentLogOnDisk.POSITIONAL_SYNC));
  }

  private static boolean failsAgain(CrashCase found, PlantedBug bug) throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      try {
        boolean ignored = CrashCases.simulate(() -> replayed(found, bug));
      } catch (FailedCase again) {
        if (names(bug, again)) {
          return true;
        }
      }
    }
    return false;
  }

  private static void assertNames(PlantedBug bug, Throwable found) {
    assertTrue(names(bug, found), () -> bug.promise() + " is not what broke: " + found);
  }

  private static boolean names(PlantedBug bug, Throwable found) {
    return String.valueOf(found.getMessage()).contains(bug.promise() + ": ");
  }

  private static boolean replayed(CrashCase failed, LogOnDisk log) {
    failed.replay(log);
    return true;
  }

  @Test
  void logWithoutABugPassesTheSameSeeds() throws InterruptedException {
    CrashSummary tried = search(SegmentLogOnDisk.POSITIONAL_SYNC);
    CrashCases.count(tried);
    assertTrue(tried.states() > 1_000, tried::toString);
  }

  @Test
  void damageThatIsTakenAsATailIsFound() throws InterruptedException {
    PlantedBug bug = PlantedBug.DAMAGE_TAKEN_AS_TAIL;
    AssertionError found = assertThrows(AssertionError.class, () -> flipAll(bug));
    assertNames(bug, found);
    assertEquals(FRAME_BYTES, flipAll(SegmentLogOnDisk.POSITIONAL_SYNC));
  }

  /** Flips a bit in each byte of the first record, which later ones prove to have been durable. */
  private static int flipAll(LogOnDisk log) throws InterruptedException {
    return CrashCases.simulate(
        () -> {
          CrashPoint left = left(log);
          for (int offset = 0; offset < FRAME_BYTES; offset++) {
            flip(log, left.powerLoss(count -> count - 1).start(Schedule.callerFirst()), offset);
          }
          return FRAME_BYTES;
        });
  }

  private static CrashPoint left(LogOnDisk log) {
    SimulatedDisk disk = new SimulatedDisk(SegmentLogCrashTest.FINE, Schedule.callerFirst());
    RecordLogUnderTest open = log.open(disk);
    for (int i = 0; i < RECORDS; i++) {
      long ignored = open.append(Payloads.bytes(1, i, PAYLOAD_BYTES));
    }
    disk.crash();
    assertThrows(PowerLost.class, open::close);
    return disk.crashPoint();
  }

  private static void flip(LogOnDisk log, SimulatedDisk disk, int offset) {
    StoredFile file =
        Objects.requireNonNull(
            disk.directory(SegmentLogOnDisk.FOLDER, MappingKind.FFM, false)
                .open("f000000000000.sf", true));
    byte[] damaged = new byte[1];
    int ignored = file.read(offset, MemorySegment.ofArray(damaged));
    damaged[0] ^= 1;
    file.writeFully(offset, MemorySegment.ofArray(damaged));
    file.close();
    try (RecordLogUnderTest open = log.open(disk)) {
      throw new AssertionError(
          "P3: damage at byte %d was taken for a torn tail, the log goes on at %d"
              .formatted(offset, open.end()));
    } catch (StorageException.Corrupt told) {
      assertTrue(told.position() <= offset, told::getMessage);
    }
  }
}
