package dev.varve.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.disk.CrashSummary;
import dev.varve.kit.disk.DiskOptions;
import dev.varve.kit.disk.LogOnDisk;
import dev.varve.kit.disk.Operation;
import dev.varve.kit.disk.RandomCrashes;
import dev.varve.kit.disk.SimulatedDisk;
import dev.varve.kit.disk.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example in docs/reliability.md compiles, does what it says, and is there to the letter. */
class OwnLogExampleTest {
  private static final Path ROOT = Path.of(System.getProperty("varve.root", ".."));
  private static final Path SOURCE =
      Path.of("property-tests/src/test/java/dev/varve/crash/OwnLogExampleTest.java");

  /** Stands for a log of the reader's. */
  private static final class MyLog {
    static RecordLogUnderTest open(SimulatedDisk disk) {
      return SegmentLogOnDisk.POSITIONAL_SYNC.open(disk);
    }
  }

  private static CrashSummary example() throws InterruptedException {
    // The example begins.
    LogOnDisk log =
        new LogOnDisk() {
          @Override
          public RecordLogUnderTest open(SimulatedDisk disk) {
            return MyLog.open(disk); // files, threads, time and boot id come from the disk
          }

          @Override
          public boolean durableAppends() {
            return true; // an append that has returned survives a loss of power
          }
        };
    List<Operation> operations = List.of(new Operation.Append(20), new Operation.Reopen());
    RandomCrashes crashes =
        new RandomCrashes(
            log, DiskOptions.defaults(), number -> operations.get((int) (number & 1)));
    CrashSummary tried =
        Simulation.call(() -> crashes.runUntil(1, () -> crashes.summary().states() >= 100));
    // The example ends.
    return tried;
  }

  @Test
  void theExampleTriesWhatItSays() throws InterruptedException {
    CrashCases.quiet();
    assertTrue(example().states() >= 100);
  }

  @Test
  void thePageShowsTheExampleToTheLetter() throws IOException {
    List<String> page = Files.readAllLines(ROOT.resolve("docs/reliability.md"));
    List<String> source =
        between(
            Files.readAllLines(ROOT.resolve(SOURCE)),
            "// The example begins.",
            "// The example ends.");
    List<String> tested =
        source.stream().map(line -> line.startsWith("    ") ? line.substring(4) : line).toList();
    assertEquals(tested, between(page, "```java", "```"));
  }

  private static List<String> between(List<String> lines, String first, String last) {
    List<String> stripped = lines.stream().map(String::strip).toList();
    int from = stripped.indexOf(first) + 1;
    return lines.subList(from, from + stripped.subList(from, lines.size()).indexOf(last));
  }
}
