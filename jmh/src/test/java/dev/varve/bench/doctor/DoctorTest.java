package dev.varve.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.results.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On machines whose kernel's files are made up. */
class DoctorTest {
  @TempDir Path root;

  @BeforeEach
  void quietMachine() throws IOException {
    governors("performance", "performance");
    tell("proc/loadavg", "0.05 0.10 0.20 1/99 4321");
    tell("proc/stat", "cpu  100 0 50 9000 10 0 5 0 0 0");
    tell("proc/cpuinfo", "flags\t\t: fpu sse4_2");
    tell(
        "proc/meminfo",
        "SwapTotal: 1024 kB\nSwapFree: 1024 kB\nDirty: 20 kB\nWriteback: 0 kB\nDirtyBytes: 9 kB");
  }

  private void governors(String... names) throws IOException {
    for (int core = 0; core < names.length; core++) {
      tell("sys/devices/system/cpu/cpu%d/cpufreq/scaling_governor".formatted(core), names[core]);
    }
  }

  private void tell(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, content + "\n");
  }

  /** What is doubted, without what depends on the machine that runs this test. */
  private Set<String> doubts() throws IOException {
    return examine().stream()
        .filter(finding -> !finding.good())
        .map(Finding::what)
        .filter(what -> !List.of("medium", "free space", "other Java").contains(what))
        .collect(Collectors.toSet());
  }

  private List<Finding> examine() throws IOException {
    return new Doctor(new Kernel(root), 2, root).examine();
  }

  private static Set<String> only(String what) {
    return Set.of(what);
  }

  @Test
  void quietMachineRaisesNoDoubt() throws IOException {
    assertEquals(Set.of(), doubts());
  }

  @Test
  void everyDoubtSaysWhatToDo() throws IOException {
    tell("proc/loadavg", "3.00 2 1 1/99 4321");
    for (Finding finding : examine()) {
      assertEquals(finding.good(), finding.advice().isEmpty(), finding::toString);
      assertTrue(finding.toString().contains(finding.found()));
    }
  }

  @Test
  void clockThatFollowsTheLoadIsDoubtful() throws IOException {
    governors("performance", "schedutil");
    assertEquals(only("clock"), doubts());
  }

  @Test
  void loadIsMeasuredAgainstTheCores() throws IOException {
    tell("proc/loadavg", "0.21 0 0 1/99 4321");
    assertEquals(only("load"), doubts());
    tell("proc/loadavg", "0.19 0 0 1/99 4321");
    assertEquals(Set.of(), doubts());
  }

  @Test
  void guestsAreDoubtfulAndMoreSoWhereTheirTimeIsTaken() throws IOException {
    tell("proc/cpuinfo", "flags\t\t: fpu hypervisor sse4_2");
    assertEquals(only("neighbours"), doubts());
    tell("proc/cpuinfo", "flags\t\t: fpu");
    tell("proc/stat", "cpu  100 0 50 9000 10 0 5 500 0 0");
    assertEquals(only("neighbours"), doubts());
  }

  @Test
  void usedSwapAndMuchWriteBackAreDoubtful() throws IOException {
    tell("proc/meminfo", "SwapTotal: 1024 kB\nSwapFree: 1000 kB\nDirty: 300000 kB");
    assertEquals(Set.of("swap", "write-back"), doubts());
  }

  @Test
  void shareOrNumberOfBytesFromWhichTheKernelWritesBackMayBeTooSmall() throws IOException {
    tell("proc/meminfo", "MemAvailable: 20971520 kB");
    tell("proc/sys/vm/dirty_background_bytes", "0");
    tell("proc/sys/vm/dirty_background_ratio", "10");
    assertEquals(only("background"), doubts());
    tell("proc/sys/vm/dirty_background_ratio", "11");
    assertEquals(Set.of(), doubts());
    tell("proc/sys/vm/dirty_background_bytes", "2147483647");
    assertEquals(only("background"), doubts());
    tell("proc/sys/vm/dirty_background_bytes", "2147483648");
    assertEquals(Set.of(), doubts());
  }

  @Test
  void machineThatTellsNothingIsDoubtedForItsClockOnly() throws IOException {
    Kernel silent = new Kernel(root.resolve("nowhere"));
    List<String> doubts =
        new Doctor(silent, 2, root)
            .examine().stream()
                .filter(finding -> !finding.good())
                .map(Finding::what)
                .filter(what -> !List.of("medium", "free space", "other Java").contains(what))
                .toList();
    assertEquals(List.of("clock"), doubts);
  }
}
