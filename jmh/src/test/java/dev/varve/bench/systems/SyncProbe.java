package dev.varve.bench.systems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that appends with every system, durably and not, and makes a folder before and after:
 * whoever watches its system calls sees which syncs belong to which appends.
 */
final class SyncProbe {
  static final int APPENDS = 10;
  private static final int BYTES = 100;

  private SyncProbe() {}

  /** The folder to work in. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    for (LogSystem system : Systems.all()) {
      for (Level level : Level.values()) {
        Workload workload = workload(level);
        if (system.fit(workload) instanceof Fit.Yes) {
          probe(system, workload, Files.createDirectory(root.resolve(system.name() + "-" + level)));
        }
      }
    }
  }

  static Workload workload(Level level) {
    return Workload.of(Task.APPEND, BYTES, 1, 1 << 20).withLevel(level);
  }

  static String begin(LogSystem system, Level level) {
    return "begin-" + system.name() + "-" + level;
  }

  static String end(LogSystem system, Level level) {
    return "end-" + system.name() + "-" + level;
  }

  private static void probe(LogSystem system, Workload workload, Path folder) throws IOException {
    try (LogSession session = system.open(folder, workload)) {
      Payloads payloads = new Payloads(BYTES);
      // Whatever a first append has to set up is not counted.
      session.append(payloads, 1);
      Files.createDirectory(folder.resolveSibling(begin(system, workload.level())));
      for (int i = 0; i < APPENDS; i++) {
        session.append(payloads, 1);
      }
      Files.createDirectory(folder.resolveSibling(end(system, workload.level())));
    }
  }
}
