package dev.varve.bench.systems;

import java.nio.file.Path;

/**
 * The leaner loop beside the limit: resident memory without a file, one 4 MiB segment over and over
 * where records are only appended, and a check of the payload alone. It says what the format's own
 * demands cost.
 */
public final class LeanLimitSystem implements LogSystem {
  @Override
  public String name() {
    return "limit-lean";
  }

  @Override
  public Kind kind() {
    return Kind.LIMIT;
  }

  @Override
  public Fit fit(Workload workload) {
    boolean append = workload.task() == Task.APPEND && workload.dropsOldest();
    return append || workload.task() == Task.SCAN_FORWARD
        ? Fit.yes("resident memory, checks the payload only")
        : Fit.no("the leaner loop is for steady appends and scans");
  }

  @Override
  public LogSession open(Path folder, Workload workload) {
    ResidentRing segments = new ResidentRing(LimitSystem.segments(workload));
    return new LimitSession(segments, workload, LimitReader.Check.PAYLOAD);
  }
}
