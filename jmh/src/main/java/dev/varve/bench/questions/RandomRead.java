package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Task;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost to read one record of a million by the position that its append returned?
 *
 * <p>Hypothesis: a position is an address, so one read touches one block, while a tree or an index
 * touches several places. Control: {@code limit}. Falsified by less than twice the speed of LMDB.
 * Records are drawn with a fixed seed, ahead: looking a position up where it was kept is another
 * access to memory at random, which costs as much as a third of a read, and more in one fork than
 * in the next. The data fits the page cache, not the processor's.
 */
public class RandomRead extends LogQuestion {
  private static final int SIZE = 100;
  private static final int RECORDS = 1_000_000;
  private static final int READS = 1000;
  private static final long SEED = 20260101;

  @Param({"varve", "chronicle-queue", "lmdb", "rocksdb", "limit"})
  public String system;

  private final Answer answer = Answer.ascending(SIZE, 0);
  private Trial trial;

  /** Sequence numbers in the order of reading, and the positions of these records. */
  private int[] drawn;

  private long[] positions;
  private int next;

  static Question question() {
    return new Question(
        "random-read",
        "What does it cost to read one record by its position?",
        RandomRead.class,
        List.of(
            Case.of("read", Map.of(), workload())
                .labelled("size=" + SIZE)
                .inQuick()
                .inVerdict("rocksdb")
                .scoredByForks(2)));
  }

  private static Workload workload() {
    return Workload.of(Task.READ, SIZE, 1000, (long) SIZE * RECORDS);
  }

  /** Loads the log and draws as many records as it has. */
  @Setup
  public void load() throws IOException {
    trial = Trial.open(system, workload());
    int records = Scale.records(RECORDS);
    long[] placed = trial.payloads().keepPositions(records);
    trial.load(records);
    drawn = new SplittableRandom(SEED).ints(records, 0, records).toArray();
    positions = Arrays.stream(drawn).mapToLong(sequence -> placed[sequence]).toArray();
  }

  /** Reads records anywhere and checks each. */
  @Benchmark
  @OperationsPerInvocation(READS)
  public void read() throws IOException {
    for (int i = 0; i < READS; i++) {
      answer.expect(drawn[next]);
      trial.session().read(positions[next], answer);
      next = next + 1 < drawn.length ? next + 1 : 0;
    }
    answer.requireCount(1);
  }

  /** Cleans up. */
  @TearDown
  public void close() throws IOException {
    trial.close(positions.length);
  }
}
