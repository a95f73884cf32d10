package dev.varve.bench.questions;

import dev.varve.bench.systems.Task;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What does an append cost when nothing is dropped, and more is written than the page cache may
 * keep dirty?
 *
 * <p>Hypothesis: preparing fresh segments in the background and the write-back of the kernel take
 * over; differences between systems shrink to how many bytes each writes. Control: {@code limit} in
 * fresh segments prepared by a thread of its own. Falsified by figures as low as in steady state.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 0)
@Measurement(iterations = 6)
public class AppendSustained extends LogQuestion {
  private static final int SMALL = 100;
  private static final int SMALL_RECORDS = 10_000_000;
  private static final int LARGE = 1024;
  private static final int LARGE_RECORDS = 1_000_000;
  private static final int SHOTS = 6;
  private static final int BATCH = 1000;

  @Param({"varve", "chronicle-queue", "aeron-archive", "lmdb", "rocksdb", "limit"})
  public String system;

  private Trial trial;

  static Question question() {
    return new Question(
        "append-sustained",
        "What does an append cost when nothing is dropped and write-back has to keep up?",
        AppendSustained.class,
        List.of(
            Case.of("append100", Map.of(), workload(SMALL, SMALL_RECORDS))
                .labelled("size=100")
                .shaped(Shape.LONG_SHOTS),
            Case.of("append1024", Map.of(), workload(LARGE, LARGE_RECORDS))
                .labelled("size=1024")
                .shaped(Shape.LONG_SHOTS)));
  }

  private static Workload workload(int size, int records) {
    return Workload.of(Task.APPEND, size, BATCH, (long) SHOTS * size * records);
  }

  /** Opens an empty log for the records of the method that is going to run. */
  @Setup
  public void open(BenchmarkParams params) {
    boolean large = params.getBenchmark().endsWith("append1024");
    Workload workload = large ? workload(LARGE, LARGE_RECORDS) : workload(SMALL, SMALL_RECORDS);
    trial = Trial.open(system, workload);
  }

  /** Appends a gigabyte of records of 100 bytes. */
  @Benchmark
  @OperationsPerInvocation(SMALL_RECORDS)
  public void append100() throws IOException {
    trial.load(Scale.records(SMALL_RECORDS));
  }

  /** Appends a gigabyte of records of 1 KiB. */
  @Benchmark
  @OperationsPerInvocation(LARGE_RECORDS)
  public void append1024() throws IOException {
    trial.load(Scale.records(LARGE_RECORDS));
  }

  /** Reads back the first of them. */
  @TearDown
  public void check() throws IOException {
    trial.finish();
  }
}
