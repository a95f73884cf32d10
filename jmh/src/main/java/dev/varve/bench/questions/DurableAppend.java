package dev.varve.bench.questions;

import dev.varve.bench.systems.Level;
import dev.varve.bench.systems.Task;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does one durable append cost, with one record per sync and with 64?
 *
 * <p>Hypothesis: with positional writes into blocks that were written before, it costs what the
 * device takes for an empty sync, nearly the same for 64 records as for one. Control: {@code
 * limit}, one pwrite and one fdatasync. Falsified by more than 1.15 times the limit's time, or by a
 * faster peer. The score is the time of the whole append, sync included.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DurableAppend extends LogQuestion {
  private static final int SIZE = 100;
  private static final long TOTAL_BYTES = 1L << 30;
  private static final long KEPT_BYTES = 32L << 20;

  @Param({"varve", "chronicle-queue", "aeron-archive", "lmdb", "rocksdb", "limit"})
  public String system;

  @Param({"1", "64"})
  public int records;

  private Trial trial;

  static Question question() {
    return new Question(
        "durable-append",
        "What does one durable append cost, with one record per sync and with 64?",
        DurableAppend.class,
        List.of(
            Case.of("append", Map.of("records", "1"), workload(1)).inQuick().inVerdict(),
            Case.of("append", Map.of("records", "64"), workload(64)).inQuick()));
  }

  private static Workload workload(int records) {
    return Workload.of(Task.APPEND, SIZE, records, TOTAL_BYTES)
        .withLevel(Level.SYNC)
        .withRetainedBytes(KEPT_BYTES);
  }

  /** Opens an empty log. */
  @Setup
  public void open() {
    trial = Trial.open(system, workload(records));
  }

  /** Appends; ends when the records would survive a loss of power. */
  @Benchmark
  public void append() throws IOException {
    trial.session().append(trial.payloads(), records);
  }

  /** Reads back what was appended. */
  @TearDown
  public void check() throws IOException {
    trial.finish();
  }
}
