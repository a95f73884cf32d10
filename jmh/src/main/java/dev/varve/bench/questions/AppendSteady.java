package dev.varve.bench.questions;

import dev.varve.bench.systems.Task;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost to append a small record without sync, while the newest 256 MiB are kept?
 *
 * <p>Hypothesis: with segments recycled while mapped, an append costs little more than copying the
 * record and its CRC-32C; peers pay for page faults, indexes or a second process of their own.
 * Control: {@code limit}, the same stores by hand, and {@code limit-lean} in resident memory.
 * Falsified by a peer that is faster, or by more than 1.5 times the limit's time.
 */
public class AppendSteady extends LogQuestion {
  private static final int RECORDS = 1000;
  private static final long SMALL_BYTES = 6L << 30;
  private static final long LARGE_BYTES = 12L << 30;

  @Param({
    "varve",
    "chronicle-queue",
    "aeron-archive",
    "lmdb",
    "rocksdb",
    "limit",
    "limit-lean",
  })
  public String system;

  @Param({"100", "1024"})
  public int size;

  private Trial trial;

  static Question question() {
    return new Question(
        "append-steady",
        "What does it cost to append a small record without sync, in steady state?",
        AppendSteady.class,
        List.of(
            Case.of("append", Map.of("size", "100"), workload(100))
                .shaped(Shape.OVERWRITING)
                .inQuick()
                .inVerdict("chronicle-queue", "rocksdb", "limit-lean"),
            Case.of("append", Map.of("size", "1024"), workload(1024))
                .shaped(Shape.OVERWRITING)
                .inQuick("limit-lean")));
  }

  private static Workload workload(int size) {
    return Workload.of(Task.APPEND, size, RECORDS, size == 100 ? SMALL_BYTES : LARGE_BYTES)
        .withRetainedBytes(Scale.retainedBytes());
  }

  /** Opens an empty log and brings it to where the oldest is dropped. */
  @Setup
  public void open() throws IOException {
    trial = Trial.open(system, workload(size));
    trial.settle();
  }

  /** Appends; ends when another thread can read the records. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void append() throws IOException {
    trial.session().append(trial.payloads(), RECORDS);
  }

  /** Reads back what is kept. */
  @TearDown
  public void check() throws IOException {
    trial.finish();
  }
}
