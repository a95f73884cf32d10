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
 * What does it matter to an append how the file reaches the memory: mapped by the JDK, mapped by
 * Chronicle Bytes, or written through a file channel?
 *
 * <p>Hypothesis: both mappings cost the same, because they end as the same memory; a positional
 * write per record costs ten times as much. Control: {@code limit} is the loop of {@code
 * file-channel} over a JDK mapping. Falsified by a difference between the two mappings of ours.
 */
public class MappingBench extends LogQuestion {
  private static final int SIZE = 100;
  private static final int RECORDS = 1000;
  private static final long TOTAL_BYTES = 2L << 30;

  @Param({"varve", "varve-chronicle", "file-channel", "limit"})
  public String system;

  private Trial trial;

  static Question question() {
    return new Question(
        "mapping",
        "What does it matter to an append how the file reaches the memory?",
        MappingBench.class,
        List.of(
            Case.of("append", Map.of(), workload())
                .labelled("size=" + SIZE)
                .shaped(Shape.UNEVEN)
                .inVerdict()));
  }

  private static Workload workload() {
    return Workload.of(Task.MAPPING, SIZE, RECORDS, TOTAL_BYTES)
        .withRetainedBytes(Scale.retainedBytes());
  }

  /** Opens an empty log and brings it to where the oldest is dropped. */
  @Setup
  public void open() throws IOException {
    trial = Trial.open(system, workload());
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
