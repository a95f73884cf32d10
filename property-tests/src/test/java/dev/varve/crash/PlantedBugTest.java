package dev.varve.crash;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.disk.CrashCase;
import dev.varve.kit.disk.CrashSummary;
import dev.varve.kit.disk.FailedCase;
import dev.varve.kit.disk.LogOnDisk;
import dev.varve.kit.disk.RandomCrashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checker is checked: a log with a bug is found out, the log without it is not. */
class PlantedBugTest {
  private static final int SEEDS = 12;

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
  @EnumSource
  void plantedBugIsFoundAndItsCaseFailsAgain(PlantedBug bug) throws InterruptedException {
    FailedCase found = assertThrows(FailedCase.class, () -> search(bug));
    System.out.printf("%s: %s%n", bug, found.getMessage());
    CrashCase again = CrashCase.parse(found.sessions().lines());
    assertThrows(FailedCase.class, () -> CrashCases.simulate(() -> replayed(again, bug)));
    boolean ignored = CrashCases.simulate(() -> replayed(again, SegmentLogOnDisk.POSITIONAL_SYNC));
  }

  private static boolean replayed(CrashCase failed, LogOnDisk log) {
    failed.replay(log);
    return true;
  }

  @Test
  void logWithoutABugPassesTheSameSeeds() throws InterruptedException {
    CrashSummary tried = search(SegmentLogOnDisk.POSITIONAL_SYNC);
    assertTrue(tried.states() > 1_000, tried::toString);
  }
}
