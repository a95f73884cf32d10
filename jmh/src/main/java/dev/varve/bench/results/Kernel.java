package dev.varve.bench.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What Linux tells about itself in {@code /proc} and {@code /sys}; nothing on other systems. */
public final class Kernel {
  private static final long KIB = 1024;

  private final Path root;

  /** The kernel whose file systems are mounted below a folder: {@code /} for the running one. */
  public Kernel(Path root) {
    this.root = root;
  }

  /** Lines of a file; none where it cannot be read. */
  public List<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file));
    } catch (IOException | SecurityException untold) {
      return List.of();
    }
  }

  /** Governors of the cores' clocks; empty where the kernel does not set them. */
  public Set<String> governors() {
    Set<String> found = new TreeSet<>();
    for (int core = 0; ; core++) {
      List<String> lines =
          lines("sys/devices/system/cpu/cpu%d/cpufreq/scaling_governor".formatted(core));
      if (lines.isEmpty()) {
        return found;
      }
      found.add(lines.getFirst().strip());
    }
  }

  /** Threads that ran or waited for the disk in the last minute, on average; negative: untold. */
  public double load() {
    List<String> lines = lines("proc/loadavg");
    return lines.isEmpty() ? -1 : Double.parseDouble(lines.getFirst().split(" ", 2)[0]);
  }

  /** An entry of {@code /proc/meminfo} in bytes; negative where it is not there. */
  public long memory(String entry) {
    for (String line : lines("proc/meminfo")) {
      if (line.startsWith(entry + ":")) {
        String number = line.substring(entry.length() + 1).strip().split(" ", 2)[0];
        return Long.parseLong(number) * KIB;
      }
    }
    return -1;
  }

  /**
   * So many bytes may wait to be written before the kernel begins to write in the background;
   * negative: untold. A share of what is available, unless it is set in bytes.
   */
  public long dirtyBackground() {
    long bytes = number("proc/sys/vm/dirty_background_bytes");
    long percent = number("proc/sys/vm/dirty_background_ratio");
    long available = memory("MemAvailable");
    if (bytes > 0 || percent < 0 || available < 0) {
      return bytes > 0 ? bytes : -1;
    }
    return available / 100 * percent;
  }

  private long number(String file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? -1 : Long.parseLong(lines.getFirst().strip());
  }

  /** Whether the machine says that it is a guest on another one. */
  public boolean isGuest() {
    return lines("proc/cpuinfo").stream()
        .anyMatch(line -> line.startsWith("flags") && (line + " ").contains(" hypervisor "));
  }

  /** Share of the processors' time since the start that went to other guests, 0 to 1. */
  public double stolen() {
    for (String line : lines("proc/stat")) {
      if (line.startsWith("cpu ")) {
        List<Long> times = new ArrayList<>();
        for (String time : line.substring(4).strip().split(" ", -1)) {
          times.add(Long.parseLong(time));
        }
        long all = times.stream().limit(8).mapToLong(Long::longValue).sum();
        return times.size() < 8 || all == 0 ? 0 : (double) times.get(7) / all;
      }
    }
    return 0;
  }
}
