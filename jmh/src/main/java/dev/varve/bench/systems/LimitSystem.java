package dev.varve.bench.systems;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The physical limit: {@link LimitLog} in recycled, populated, mapped segments; for durable appends
 * a preallocated file with pwrite and fdatasync; where everything is kept, fresh segments prepared
 * ahead by another thread.
 */
public final class LimitSystem implements LogSystem {
  @Override
  public String name() {
    return "limit";
  }

  @Override
  public Kind kind() {
    return Kind.LIMIT;
  }

  @Override
  public Fit fit(Workload workload) {
    return switch (workload.task()) {
      case APPEND -> Fit.yes(workload.durable() ? "pwrite and fdatasync, preallocated" : "");
      case MAPPING, SCAN_FORWARD, READ -> Fit.yes();
      case SCAN_BACKWARD ->
          workload.payloadBytes() < LimitLog.BLOCK_BYTES / 2
              ? Fit.yes()
              : Fit.no("the loop reads fragments forward only");
      case REOPEN -> Fit.no("it keeps nothing to reopen");
    };
  }

  @Override
  public LogSession open(Path folder, Workload workload) throws IOException {
    if (workload.durable()) {
      StagedRing segments = new StagedRing(folder, workload.threads());
      return new LimitSession(segments, workload, LimitReader.Check.FRAME, segments::awaitDurable);
    }
    boolean fresh = workload.task() == Task.APPEND && workload.retainedBytes() == 0;
    LimitSegments segments =
        fresh ? new FreshSegments(folder) : new MappedRing(folder, segments(workload));
    return new LimitSession(segments, workload, LimitReader.Check.FRAME);
  }

  /** How many segments hold what the workload keeps, with the space that frames and blocks take. */
  static int segments(Workload workload) {
    long payload = workload.retainedBytes() > 0 ? workload.retainedBytes() : workload.totalBytes();
    long records = Math.ceilDiv(payload, workload.payloadBytes());
    long perRecord = (long) workload.payloadBytes() + LimitLog.HEADER_BYTES + LimitLog.SLOT_BYTES;
    long perBlock = (LimitLog.BLOCK_BYTES - LimitLog.SLOT_BYTES) / perRecord;
    long bytes =
        perBlock > 0 ? Math.ceilDiv(records, perBlock) * LimitLog.BLOCK_BYTES : records * perRecord;
    return (int) (bytes + bytes / 8) / LimitSegments.SEGMENT_BYTES + 2;
  }
}
