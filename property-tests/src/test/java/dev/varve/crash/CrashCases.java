package dev.varve.crash;

import dev.varve.kit.disk.CrashCase;
import dev.varve.kit.disk.CrashSummary;
import dev.varve.kit.disk.FailedCase;
import dev.varve.kit.disk.Simulation;
import dev.varve.support.Tried;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs simulations, and keeps the cases that fail as files. */
final class CrashCases {
  private static final Path ROOT = Path.of(System.getProperty("varve.root", "..")).normalize();
  private static final Path FOLDER = Path.of("property-tests/target/crash-cases");
  private static final String LOG = "# log ";

  /** Held, so that its level stays: each recovery of a torn tail would tell of it. */
  private static final Logger LOGGER = Logger.getLogger("dev.varve.segment.SegmentLog");

  private CrashCases() {}

  /** No word of each torn tail. */
  static void quiet() {
    LOGGER.setLevel(Level.WARNING);
  }

  /** Counts what was tried for the totals of the run. */
  static void count(CrashSummary tried) {
    Tried.add("crash states", tried.states());
    Tried.add("simulated kills", tried.kills());
  }

  /** Runs a simulation. */
  static <T> T simulate(Callable<T> simulated) throws InterruptedException {
    quiet();
    return Simulation.call(simulated);
  }

  /** Runs a simulation; a case that fails is written to a file that the message names. */
  static <T> T simulate(SegmentLogOnDisk log, Callable<T> simulated) throws InterruptedException {
    try {
      return simulate(simulated);
    } catch (FailedCase failed) {
      Path file = FOLDER.resolve(log + "-" + Integer.toHexString(failed.hashCode()) + ".case");
      write(log, failed.sessions(), ROOT.resolve(file));
      throw new AssertionError(log + ", -Dreplay=" + file, failed);
    }
  }

  private static void write(SegmentLogOnDisk log, CrashCase sessions, Path file) {
    List<String> lines = new ArrayList<>(sessions.lines());
    lines.addFirst(LOG + log);
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, lines);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Runs the case in a file, whose path is from the root, again. */
  static void replay(String file) throws IOException, InterruptedException {
    List<String> lines = Files.readAllLines(ROOT.resolve(file));
    SegmentLogOnDisk log = SegmentLogOnDisk.valueOf(lines.getFirst().substring(LOG.length()));
    int ignored =
        simulate(
            log,
            () -> {
              CrashCase.parse(lines).replay(log);
              return 0;
            });
  }
}
