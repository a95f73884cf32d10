package dev.varve.bench.questions;

import dev.varve.bench.systems.LogSession;
import dev.varve.bench.systems.Payloads;
import dev.varve.bench.systems.Task;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does the worst single append take, in a run that crosses many rolls from one segment to
 * the next?
 *
 * <p>Hypothesis: the next segment is always prepared, so a roll is an exchange of two references
 * and the worst append is a pause of the machine, not of the log. Control: {@code limit}, which
 * rolls by an addition. Falsified by a worst append far above the limit's. One second appends some
 * hundred segments of 4 MiB; each record is timed, which costs about as much as the append itself,
 * so the score is not that of steady appends.
 */
public class WorstAppendAcrossRolls extends LogQuestion {
  private static final int SIZE = 100;
  private static final int RECORDS = 1000;
  private static final long TOTAL_BYTES = 4L << 30;

  @Param({"varve", "chronicle-queue", "aeron-archive", "lmdb", "rocksdb", "limit"})
  public String system;

  private Trial trial;

  static Question question() {
    return new Question(
        "worst-append",
        "How long does the worst single append take across rolls?",
        WorstAppendAcrossRolls.class,
        List.of(
            Case.of("append", Map.of(), workload())
                .labelled("size=" + SIZE)
                .counting(
                    "maxMicros",
                    "p9999Micros",
                    "p999Micros",
                    "p99Micros",
                    "p90Micros",
                    "p50Micros")));
  }

  private static Workload workload() {
    return Workload.of(Task.APPEND, SIZE, 1, TOTAL_BYTES).withRetainedBytes(Scale.retainedBytes());
  }

  /** Opens an empty log. */
  @Setup
  public void open() {
    trial = Trial.open(system, workload());
  }

  /** Appends one by one; each ends when another thread can read the record. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void append(Worst worst) throws IOException {
    LogSession session = trial.session();
    Payloads payloads = trial.payloads();
    long before = System.nanoTime();
    for (int i = 0; i < RECORDS; i++) {
      session.append(payloads, 1);
      long after = System.nanoTime();
      worst.latencies.record(after - before);
      before = after;
    }
  }

  /** Reads back what is kept. */
  @TearDown
  public void check() throws IOException {
    trial.finish();
  }

  /** What single appends took in one iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Worst {
    private final Latencies latencies = new Latencies();

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void begin() {
      latencies.clear();
    }

    /** The longest append in microseconds. */
    public double maxMicros() {
      return latencies.maxNanos() / 1e3;
    }

    /** What 99.99 % of the appends did not exceed, in microseconds. */
    public double p9999Micros() {
      return latencies.percentileMicros(99.99);
    }

    /** What 99.9 % of the appends did not exceed, in microseconds. */
    public double p999Micros() {
      return latencies.percentileMicros(99.9);
    }

    /** What 99 % of the appends did not exceed, in microseconds. */
    public double p99Micros() {
      return latencies.percentileMicros(99);
    }

    /** What 90 % of the appends did not exceed, in microseconds. */
    public double p90Micros() {
      return latencies.percentileMicros(90);
    }

    /** What half of the appends did not exceed, in microseconds. */
    public double p50Micros() {
      return latencies.percentileMicros(50);
    }
  }
}
