package dev.varve.bench.questions;

import dev.varve.bench.systems.Task;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost to append a record that is larger than a block, 16 KiB, without sync?
 *
 * <p>Hypothesis: five fragments with a header each cost little beside copying and checking 16 KiB,
 * so the format's 4 KiB blocks are no burden for large records. Control: {@code limit}, which
 * fragments by hand. Falsified by a peer without checksums that is more than twice as fast.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Append16K extends LogQuestion {
  private static final int SIZE = 16 << 10;
  private static final int RECORDS = 64;
  private static final long TOTAL_BYTES = 8L << 30;

  @Param({"varve", "chronicle-queue", "aeron-archive", "lmdb", "rocksdb", "limit", "limit-lean"})
  public String system;

  private Trial trial;

  static Question question() {
    return new Question(
        "append-16k",
        "What does it cost to append a record that is larger than a block?",
        Append16K.class,
        List.of(Case.of("append", Map.of(), workload()).labelled("size=" + SIZE)));
  }

  private static Workload workload() {
    return Workload.of(Task.APPEND, SIZE, RECORDS, TOTAL_BYTES)
        .withRetainedBytes(Math.max(Scale.retainedBytes(), 16L << 20));
  }

  /** Opens an empty log. */
  @Setup
  public void open() {
    trial = Trial.open(system, workload());
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
