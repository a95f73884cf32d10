package dev.varve.kit.faults;

import dev.varve.io.Io;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.disk.DiskOptions;
import dev.varve.kit.disk.Operation;
import dev.varve.kit.disk.Schedule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs a workload again and again, each time with another call that fails, until every call has
 * failed in every way, once and for good.
 *
 * <p>What is expected: a failure is a typed one with a message (P10); after an append or sync that
 * failed every append fails, and reading goes on (P5); what was acknowledged is there when the log
 * is opened without faults, after a kill or a loss of power (P1), batches whole (P2). A short
 * transfer and an interrupt are no failures, and an interrupt is kept. Closing leaves no lock, file
 * or mapping.
 */
public final class FaultSweep {
  private final Function<Io, RecordLogUnderTest> log;
  private final boolean durableAppends;
  private final DiskOptions options;
  private final Supplier<Schedule> schedule;
  private final List<Operation> workload;

  /**
   * Of this log, which is opened in the machine's one folder.
   *
   * @param durableAppends whether an append that has returned survives a loss of power
   * @param schedule whose turn it is, anew for each run
   * @param workload appends, batches, syncs, drops and reopenings
   */
  public FaultSweep(
      Function<Io, RecordLogUnderTest> log,
      boolean durableAppends,
      DiskOptions options,
      Supplier<Schedule> schedule,
      List<Operation> workload) {
    this.log = log;
    this.durableAppends = durableAppends;
    this.options = options;
    this.schedule = schedule;
    this.workload = List.copyOf(workload);
  }

  /**
   * Tries every fault.
   *
   * @return how many of each kind
   * @throws AssertionError that names the fault, its place and the promise that is broken
   */
  public Map<Fault.Kind, Integer> run() {
    Map<Fault.Kind, Integer> tried = new EnumMap<>(Fault.Kind.class);
    for (Fault.Kind kind : Fault.Kind.values()) {
      for (boolean lasting : new boolean[] {false, true}) {
        int call = 0;
        while (happens(new Fault(kind, call, lasting))) {
          call++;
        }
        int ignored = tried.merge(kind, call, Integer::sum);
      }
    }
    return tried;
  }

  /** Runs the workload with one fault; false where it ends before the fault happens. */
  public boolean happens(Fault fault) {
    return new FaultRun(log, durableAppends, options, schedule, fault).run(workload);
  }
}
