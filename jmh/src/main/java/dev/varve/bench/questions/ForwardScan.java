package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.LogSession.Direction;
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
 * What does it cost to read a log of a million records from the oldest to the newest?
 *
 * <p>Hypothesis: copying a block out and checking it in cache is faster than what peers do without
 * any check. Control: {@code limit} with checks; {@code limit-unchecked} is the same loop without,
 * so the difference is what verifying costs; {@code limit-lean} checks the payload only. Falsified
 * by a faster peer. The data fits the page cache, which is warm.
 */
public class ForwardScan extends LogQuestion {
  private static final int SIZE = 100;
  private static final int RECORDS = 1_000_000;

  @Param({
    "varve",
    "chronicle-queue",
    "aeron-archive",
    "lmdb",
    "rocksdb",
    "limit",
    "limit-lean",
    "limit-unchecked",
  })
  public String system;

  private Trial trial;
  private int records;

  static Question question() {
    return new Question(
        "forward-scan",
        "What does it cost to read a log from the oldest record to the newest?",
        ForwardScan.class,
        List.of(
            Case.of("scan", Map.of(), workload())
                .labelled("size=" + SIZE)
                .inQuick("limit-lean", "varve-slowed")
                .inVerdict("aeron-archive", "rocksdb", "limit-lean", "limit-unchecked")
                .scoredByForks(2)));
  }

  private static Workload workload() {
    return Workload.of(Task.SCAN_FORWARD, SIZE, 1000, (long) SIZE * RECORDS);
  }

  /** Loads the log. */
  @Setup
  public void load() throws IOException {
    records = Scale.records(RECORDS);
    trial = Trial.open(system, workload());
    trial.load(records);
  }

  /** Reads all and checks each. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void scan() throws IOException {
    Answer answer = Answer.ascending(SIZE, 0);
    trial.session().scan(Direction.FORWARD, records, answer);
    answer.requireCount(records);
  }

  /** Cleans up. */
  @TearDown
  public void close() throws IOException {
    trial.close(records);
  }
}
