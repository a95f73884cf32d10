package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;

/**
 * Kills a process that appends, and compares what its log recovers with what it acknowledged.
 *
 * <p>Each cycle starts a child JVM that opens the log and appends single records and batches of
 * many lengths ({@link CrashWorkload}: every byte derivable from a seed). It reports the beginning
 * and the acknowledgement of each append on a pipe and is killed with SIGKILL at a random moment:
 * mostly between or inside appends, sometimes while it still opens, that is recovers, the log. Then
 * this process opens the log, or a copy of it so that the next child has to recover the original,
 * and reads it from tail to head. It must hold what was acknowledged and nothing that was not
 * begun, in order, to the byte, and each batch wholly or not at all.
 *
 * <p>Not thread-safe; folders and children are gone when {@link #run} returns.
 */
public final class CrashRunner {
  /** A new log every so many cycles, so that many cycles need no more room than few. */
  private static final int CYCLES_PER_LOG = 8;

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
   * @param factoryClass how both processes open the log; has a public constructor without
   *     parameters
   */
  public static CrashReport run(
      Class<? extends RecordLogFactory> factoryClass, CrashWorkload workload, int cycles) {
    return new CrashRunner(factoryClass, workload).run(cycles);
  }

  private CrashReport run(int cycles) {
    int wanted = cycles;
    while (report.cycles() < wanted) {
      try (ScratchFolder folder = ScratchFolder.onDisk()) {
        int done = report.cycles();
        runOnOneLog(folder, done, Math.min(CYCLES_PER_LOG, wanted - done));
      }
      if (report.cycles() == wanted && report.killsInAppend() == 0 && wanted < PATIENCE * cycles) {
        wanted++;
      }
    }
    return report;
  }

  private void runOnOneLog(ScratchFolder folder, int firstCycle, int cycles) {
    Path log = folder.folder("log");
    long[] recovered = new long[workload.writers()];
    for (int cycle = firstCycle; cycle < firstCycle + cycles; cycle++) {
      CrashedChild child = CrashedChild.runAndKill(factoryClass, workload, log, recovered, random);
      long[] now = recover(folder, log, child, cycle);
      report = report.plus(child, recovered, now);
      recovered = now;
    }
  }

  private long[] recover(ScratchFolder folder, Path log, CrashedChild child, int cycle) {
    boolean inPlace = random.nextBoolean();
    Path copy = folder.path().resolve("copy");
    try {
      if (inPlace) {
        return verify(log, child);
      }
      ScratchFolder.copy(log, copy);
      long[] recovered = verify(copy, child);
      ScratchFolder.remove(copy);
      return recovered;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "cycle %d of %s, %s: %s".formatted(cycle, workload, child, e.getMessage()), e);
    }
  }

  private long[] verify(Path folder, CrashedChild child) {
    long[] recovered;
    try (RecordLogUnderTest log = factory.open(folder);
        RecordCursor cursor = log.forward()) {
      recovered = workload.verify(cursor);
    }
    for (int writer = 0; writer < recovered.length; writer++) {
      long count = recovered[writer];
      long acknowledged = child.acknowledged(writer);
      long begun = child.begun(writer);
      assertTrue(
          acknowledged <= count,
          () -> "acknowledged %d appends, recovered %d".formatted(acknowledged, count));
      assertTrue(count <= begun, () -> "begun %d appends, recovered %d".formatted(begun, count));
    }
    return recovered;
  }
}
