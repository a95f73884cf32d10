package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Kills a process that appends, and compares what its logs recover with what it acknowledged.
 *
 * <p>Each cycle starts a child JVM that opens the logs and appends single records and batches of
 * many lengths ({@link CrashWorkload}: every byte derivable from a seed). It reports the beginning
 * and the acknowledgement of each append on a pipe and is killed with SIGKILL at a random moment:
 * mostly between or inside appends, sometimes while it still opens, that is recovers, the logs.
 * Then this process opens the logs, or a copy of them so that the next child has to recover the
 * originals, and reads them from tail to head. They must hold what was acknowledged, except what
 * was given up, and nothing that was not begun, in order, to the byte, and each batch wholly or not
 * at all.
 *
 * <p>A {@link CrashMedium} may lose more than the process.
 *
 * <p>Not thread-safe; folders and children are gone when {@link #run} returns.
 */
public final class CrashRunner {
  /** A new medium every so many cycles, so that many cycles need no more room than few. */
  private static final int CYCLES_PER_MEDIUM = 8;

  /** How many times as many cycles there may be before one hits an append. */
  private static final int PATIENCE = 10;

  private final Class<? extends RecordLogFactory> factoryClass;
  private final RecordLogFactory factory;
  private final CrashWorkload workload;
  private final Random random;
  private CrashReport report;

  private CrashRunner(Class<? extends RecordLogFactory> factoryClass, CrashWorkload workload) {
    this.factoryClass = factoryClass;
    this.factory = CrashChild.create(factoryClass.getName());
    this.workload = workload;
    this.random = new Random(workload.seed());
    this.report = CrashReport.none(workload.seed());
  }

  /**
   * Runs the cycles and reports them; throws an {@link AssertionError} at the first broken promise,
   * with the seed in its message.
   *
   * <p>While no kill has fallen into an append there are more cycles, up to ten times as many. It
   * is for the caller to refuse a report without such a kill.
   *
   * @param factoryClass how both processes open a log; has a public constructor without parameters
   */
  public static CrashReport run(
      Class<? extends RecordLogFactory> factoryClass, CrashWorkload workload, int cycles) {
    CrashRunner runner = new CrashRunner(factoryClass, workload);
    return runner.run(() -> new KilledProcess(runner.random), cycles);
  }

  /** The same on media that lose more than the process. */
  public static CrashReport run(
      Class<? extends RecordLogFactory> factoryClass,
      CrashWorkload workload,
      Supplier<? extends CrashMedium> media,
      int cycles) {
    return new CrashRunner(factoryClass, workload).run(media, cycles);
  }

  private CrashReport run(Supplier<? extends CrashMedium> media, int cycles) {
    int wanted = cycles;
    while (report.cycles() < wanted) {
      try (CrashMedium medium = media.get()) {
        int done = report.cycles();
        runOn(medium, done, Math.min(CYCLES_PER_MEDIUM, wanted - done));
      }
      if (report.cycles() == wanted && report.killsInAppend() == 0 && wanted < PATIENCE * cycles) {
        wanted++;
      }
    }
    return report;
  }

  private void runOn(CrashMedium medium, int firstCycle, int cycles) {
    long[] dropped = new long[workload.threads()];
    long[] recovered = new long[workload.threads()];
    for (int cycle = firstCycle; cycle < firstCycle + cycles; cycle++) {
      CrashedChild child = new CrashedChild(workload, recovered, dropped);
      child.runAndCrash(factoryClass, medium, random);
      recovered = recover(medium, child, cycle);
      dropped = child.dropped();
      report = report.plus(child, child.first(), recovered);
    }
  }

  private long[] recover(CrashMedium medium, CrashedChild child, int cycle) {
    try {
      return verify(medium, child);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "cycle %d of %s, %s: %s".formatted(cycle, workload, child, e.getMessage()), e);
    }
  }

  private long[] verify(CrashMedium medium, CrashedChild child) {
    long[] tail = new long[workload.threads()];
    long[] recovered = new long[workload.threads()];
    List<Path> folders = CrashChild.folders(medium.left(), workload);
    for (int log = 0; log < folders.size(); log++) {
      try (RecordLogUnderTest opened = factory.open(folders.get(log));
          RecordCursor cursor = opened.forward()) {
        workload.verify(log, cursor, tail, recovered);
      }
    }
    for (int writer = 0; writer < recovered.length; writer++) {
      compare(child, writer, medium.keepsAcknowledged(), tail[writer], recovered[writer]);
    }
    return recovered;
  }

  private static void compare(
      CrashedChild child, int writer, boolean acknowledgedIsKept, long tail, long count) {
    long promised = acknowledgedIsKept ? child.acknowledged(writer) : child.synced(writer);
    assertTrue(
        promised <= count,
        () -> "writer %d: promised %d appends, recovered %d".formatted(writer, promised, count));
    long begun = child.begun(writer);
    assertTrue(
        count <= begun,
        () -> "writer %d: begun %d appends, recovered %d".formatted(writer, begun, count));
    long dropped = child.dropped()[writer];
    assertTrue(
        tail <= dropped,
        () -> "writer %d: begins with %d, dropped before %d".formatted(writer, tail, dropped));
  }
}
