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
 * What does it cost to read a log of a million records from the newest to the oldest?
 *
 * <p>Hypothesis: as forward, because the slots of a block say where its records are and blocks have
 * one size. Control: {@code limit}, and the same system in {@link ForwardScan}. Falsified by more
 * than 1.5 times the forward figure, or by a faster peer.
 */
public class BackwardScan extends LogQuestion {
  private static final int SIZE = 100;
  private static final int RECORDS = 1_000_000;

  @Param({"varve", "chronicle-queue", "lmdb", "rocksdb", "limit"})
  public String system;

  private Trial trial;
  private int records;

  static Question question() {
    return new Question(
        "backward-scan",
        "What does it cost to read a log from the newest record to the oldest?",
        BackwardScan.class,
        List.of(Case.of("scan", Map.of(), workload()).labelled("size=" + SIZE)));
  }

  private static Workload workload() {
    return Workload.of(Task.SCAN_BACKWARD, SIZE, 1000, (long) SIZE * RECORDS);
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
    Answer answer = Answer.descending(SIZE, records - 1);
    trial.session().scan(Direction.BACKWARD, records, answer);
    answer.requireCount(records);
  }

  /** Cleans up. */
  @TearDown
  public void close() throws IOException {
    trial.close(records);
  }
}
