package dev.varve.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.disk.Operation;
import dev.varve.kit.disk.Schedule;
import dev.varve.kit.disk.SimulatedDisk;
import dev.varve.kit.faults.Fault;
import dev.varve.kit.faults.FaultSweep;
import dev.varve.kit.faults.FaultyMachine;
import dev.varve.segment.SegmentLog;
import dev.varve.support.TestLogs;
import dev.varve.support.Tried;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whichever call fails, in whatever way, once or for good: the failure is a typed one, nothing that
 * was acknowledged is lost, the log stops until it is opened again (P1, P2, P5, P10).
 */
@Timeout(300)
class FaultyIoTest {
  private static final Path FOLDER = SegmentLogOnDisk.FOLDER;

  private static final List<Operation> WORKLOAD =
      Stream.of(
              "append 20",
              "append 300",
              "batch 20 30 250",
              "sync",
              "drop 60",
              "append 224",
              "append 500",
              "reopen",
              "append 20",
              "drop 100",
              "batch 20 30",
              "sync",
              "append 20")
          .map(Operation::parse)
          .toList();

  private static void sweep(SegmentLogOnDisk log, Supplier<Schedule> schedule)
      throws InterruptedException {
    FaultSweep sweep =
        new FaultSweep(
            log::open, log.durableAppends(), SegmentLogCrashTest.FINE, schedule, WORKLOAD);
    Map<Fault.Kind, Integer> tried = CrashCases.simulate(sweep::run);
    System.out.printf("faults, %s: %s%n", log, tried);
    tried.values().forEach(count -> Tried.add("faults of input and output", count));
    assertTrue(tried.getOrDefault(Fault.Kind.EIO, 0) > 200, tried::toString);
  }

  @ParameterizedTest
  @EnumSource
  void everyCallMayFailWhileTheCallerGoesFirst(SegmentLogOnDisk log) throws InterruptedException {
    sweep(log, Schedule::callerFirst);
  }

  @ParameterizedTest
  @EnumSource(names = {"POSITIONAL_SYNC", "MAPPED_NONE"})
  void everyCallMayFailWhileTheBackgroundGoesFirst(SegmentLogOnDisk log)
      throws InterruptedException {
    sweep(log, Schedule::backgroundFirst);
  }

  /** The checker is checked: INV-6 broken by trying a sync again that has failed. */
  @Test
  void logThatGoesOnAfterAFailedSyncIsFound() {
    FaultSweep sweep =
        new FaultSweep(
            machine -> PlantedBug.GOING_ON_AFTER_A_FAILED_SYNC.open(FOLDER, machine),
            true,
            SegmentLogCrashTest.FINE,
            Schedule::callerFirst,
            WORKLOAD);
    AssertionError found =
        assertThrows(AssertionError.class, () -> CrashCases.simulate(sweep::run));
    assertTrue(String.valueOf(found.getMessage()).contains("P1"), found::toString);
  }

  @Test
  void everyCallOfAReadingLogMayFail() throws InterruptedException {
    int faults = CrashCases.simulate(FaultyIoTest::sweepReading);
    Tried.add("faults of input and output", faults);
    assertTrue(faults > 100, () -> "only " + faults);
  }

  private static int sweepReading() {
    SimulatedDisk disk = new SimulatedDisk(SegmentLogCrashTest.FINE, Schedule.callerFirst());
    List<byte[]> payloads = List.of(new byte[20], new byte[300], new byte[20]);
    try (RecordLogUnderTest log = SegmentLogOnDisk.POSITIONAL_SYNC.open(disk)) {
      payloads.forEach(log::append);
    }
    int faults = 0;
    for (Fault.Kind kind : Fault.Kind.values()) {
      for (boolean lasting : new boolean[] {false, true}) {
        int call = 0;
        while (readingFails(disk, new Fault(kind, call, lasting), payloads.size())) {
          call++;
        }
        faults += call;
      }
    }
    return faults;
  }

  /** Reads with a fault; false where all has been read before it happens. */
  private static boolean readingFails(SimulatedDisk disk, Fault fault, int records) {
    FaultyMachine machine = new FaultyMachine(disk, fault);
    try (SegmentLog log = SegmentLog.openReadOnly(FOLDER, TestLogs.tiny().withIo(machine))) {
      assertEquals(records, TestLogs.content(log).size(), fault::toString);
      boolean whole = log.verify().damages().isEmpty();
      assertTrue(whole || fault.kind() == Fault.Kind.UNBACKED_PAGES, fault::toString);
    } catch (StorageException typed) {
      assertNotEquals("", machine.place(), "a failure without a fault: " + typed);
    } finally {
      boolean ignored = Thread.interrupted();
    }
    assertEquals(List.of(), machine.open(), () -> "left open by " + fault + machine.place());
    SegmentLogOnDisk.POSITIONAL_SYNC.open(disk).close();
    return !machine.place().isEmpty();
  }
}
