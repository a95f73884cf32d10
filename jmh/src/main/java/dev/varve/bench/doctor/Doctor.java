package dev.varve.bench.doctor;

import dev.varve.bench.results.Kernel;
import dev.varve.bench.results.Medium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Looks at a machine before it is measured on. */
public final class Doctor {
  private static final double MOST_LOAD_PER_CORE = 0.1;
  private static final double MOST_STOLEN = 0.01;
  private static final long MOST_DIRTY_BYTES = 256L << 20;

  /** As much as five logs of {@code append-steady} were seen to have written to, by turns. */
  private static final long LEAST_BACKGROUND_BYTES = 2L << 30;

  private static final long LEAST_FREE_BYTES = 16L << 30;
  private static final double MIB = 1 << 20;
  private static final Set<String> MEMORY_ONLY = Set.of("tmpfs", "ramfs", "devtmpfs");

  private final Kernel kernel;
  private final int cores;
  private final Path scratch;

  /**
   * For a machine.
   *
   * @param scratch an existing folder where the files of benchmarks will be
   */
  public Doctor(Kernel kernel, int cores, Path scratch) {
    this.kernel = kernel;
    this.cores = cores;
    this.scratch = scratch;
  }

  /**
   * For the machine that this runs on.
   *
   * @param scratch an existing folder where the files of benchmarks will be
   */
  public static Doctor ofThisMachine(Path scratch) {
    return new Doctor(
        new Kernel(Path.of("/")), Runtime.getRuntime().availableProcessors(), scratch);
  }

  /** All findings, the good ones as well. */
  public List<Finding> examine() throws IOException {
    List<Finding> findings = new ArrayList<>();
    findings.add(governor());
    findings.add(load());
    findings.add(neighbours());
    findings.add(swap());
    findings.add(writeBack());
    findings.add(background());
    findings.addAll(disk());
    findings.add(otherJava());
    return findings;
  }

  private Finding governor() {
    Set<String> governors = kernel.governors();
    String found = String.join(", ", governors);
    if (governors.isEmpty()) {
      return Finding.doubtful(
          "clock",
          "the kernel does not tell",
          "its speed may change in mid-run; compare within one run only");
    }
    return governors.equals(Set.of("performance"))
        ? Finding.good("clock", found)
        : Finding.doubtful("clock", found, "set it with: cpupower frequency-set -g performance");
  }

  private Finding load() {
    double load = kernel.load();
    String found = String.format(Locale.ROOT, "%.2f on %d cores", load, cores);
    return load <= MOST_LOAD_PER_CORE * cores
        ? Finding.good("load", found)
        : Finding.doubtful("load", found, "end what else is running, then wait a minute");
  }

  private Finding neighbours() {
    double stolen = kernel.stolen();
    String found = String.format(Locale.ROOT, "%.1f %% of the time taken by others", 100 * stolen);
    if (stolen > MOST_STOLEN) {
      return Finding.doubtful("neighbours", found, "other guests of the host are at work");
    }
    return kernel.isGuest()
        ? Finding.doubtful(
            "neighbours",
            "a virtual machine, " + found,
            "what its host does besides is not seen; ratios within one run count, figures do not")
        : Finding.good("neighbours", found);
  }

  private Finding swap() {
    long used = Math.max(0, kernel.memory("SwapTotal") - kernel.memory("SwapFree"));
    return used == 0
        ? Finding.good("swap", "unused")
        : Finding.doubtful(
            "swap", mib(used) + " in use", "memory is short: swapoff -a, or end something");
  }

  private Finding writeBack() {
    long dirty = Math.max(0, kernel.memory("Dirty")) + Math.max(0, kernel.memory("Writeback"));
    return dirty <= MOST_DIRTY_BYTES
        ? Finding.good("write-back", mib(dirty))
        : Finding.doubtful(
            "write-back", mib(dirty) + " on the way to the disk", "run sync and wait");
  }

  private Finding background() {
    long begin = kernel.dirtyBackground();
    if (begin < 0) {
      return Finding.good("background", "the kernel does not tell");
    }
    String found = "the kernel writes back from " + mib(begin) + " on";
    return begin >= LEAST_BACKGROUND_BYTES
        ? Finding.good("background", found)
        : Finding.doubtful(
            "background",
            found,
            "it will while steady appends take turns: sysctl vm.dirty_background_bytes="
                + LEAST_BACKGROUND_BYTES);
  }

  private List<Finding> disk() throws IOException {
    Medium medium = Medium.of(scratch);
    long free = Files.getFileStore(scratch).getUsableSpace();
    Finding kind =
        MEMORY_ONLY.contains(medium.type())
            ? Finding.doubtful(
                "medium", medium.type(), "it is memory, nothing is durable: -Dbench.dir=FOLDER")
            : Finding.good("medium", medium.type() + " on " + medium.device());
    Finding room =
        free >= LEAST_FREE_BYTES
            ? Finding.good("free space", mib(free))
            : Finding.doubtful(
                "free space", mib(free), "full disks are slow: leave " + mib(LEAST_FREE_BYTES));
    return List.of(kind, room);
  }

  /** Other Java virtual machines, apart from this one and those that started it. */
  private static Finding otherJava() {
    Set<Long> own = new HashSet<>();
    Optional<ProcessHandle> next = Optional.of(ProcessHandle.current());
    for (; next.isPresent(); next = next.get().parent()) {
      own.add(next.get().pid());
    }
    List<String> others =
        ProcessHandle.allProcesses()
            .filter(process -> !own.contains(process.pid()))
            .filter(process -> process.info().command().orElse("").endsWith("/java"))
            .map(process -> Long.toString(process.pid()))
            .toList();
    return others.isEmpty()
        ? Finding.good("other Java", "none")
        : Finding.doubtful("other Java", "processes " + String.join(", ", others), "end them");
  }

  private static String mib(long bytes) {
    return String.format(Locale.ROOT, "%.0f MiB", bytes / MIB);
  }
}
