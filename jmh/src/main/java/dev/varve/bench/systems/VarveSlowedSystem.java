package dev.varve.bench.systems;

import dev.varve.io.MappingKind;
import java.io.IOException;
import java.nio.file.Path;

/**
 * This repository's engine with a slowdown planted: a scan reads the first tenth of the records a
 * second time. A run that does not tell it from ours would not tell a change of 10 % either.
 */
public final class VarveSlowedSystem implements LogSystem {
  /** So much of a scan is done twice. */
  private static final int SHARE = 10;

  @Override
  public String name() {
    return "varve-slowed";
  }

  @Override
  public Kind kind() {
    return Kind.OURS;
  }

  @Override
  public Fit fit(Workload workload) {
    return workload.task() == Task.SCAN_FORWARD
        ? Fit.yes("reads a tenth again: a planted slowdown of 10 %")
        : Fit.no("the slowdown is in scans");
  }

  @Override
  public LogSession open(Path folder, Workload workload) {
    LogSession varve = VarveSession.open(folder, workload, MappingKind.FFM);
    return new LogSession() {
      @Override
      public void append(Payloads payloads, int count) throws IOException {
        varve.append(payloads, count);
      }

      @Override
      public void scan(Direction direction, long limit, Answer answer) throws IOException {
        varve.scan(direction, limit, answer);
        varve.scan(direction, limit / SHARE, Answer.ascending(workload.payloadBytes()));
      }

      @Override
      public void close() throws IOException {
        varve.close();
      }
    };
  }
}
