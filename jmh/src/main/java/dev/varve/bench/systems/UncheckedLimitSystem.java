package dev.varve.bench.systems;

import java.io.IOException;
import java.nio.file.Path;

/** The limit of a scan without its checks: the difference to the limit is what verifying costs. */
public final class UncheckedLimitSystem implements LogSystem {
  @Override
  public String name() {
    return "limit-unchecked";
  }

  @Override
  public Kind kind() {
    return Kind.LIMIT;
  }

  @Override
  public Fit fit(Workload workload) {
    return workload.task() == Task.SCAN_FORWARD
        ? Fit.yes("verifies nothing")
        : Fit.no("it shows what verifying costs in a scan");
  }

  @Override
  public LogSession open(Path folder, Workload workload) throws IOException {
    return new LimitSession(
        new MappedRing(folder, LimitSystem.segments(workload)),
        workload,
        LimitReader.Check.NOTHING);
  }
}
