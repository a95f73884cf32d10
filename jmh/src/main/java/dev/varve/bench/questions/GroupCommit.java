package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Level;
import dev.varve.bench.systems.LogSession;
import dev.varve.bench.systems.LogSession.Direction;
import dev.varve.bench.systems.Payloads;
import dev.varve.bench.systems.Task;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * How many durable appends a second do 1, 4 and 16 threads get, each waiting for its own record?
 *
 * <p>Hypothesis: whoever arrives during a sync shares the next one, so throughput grows almost with
 * the threads. Control: {@code limit}, one pwrite and fdatasync for all threads each time.
 * Falsified if 16 threads get less than four times what one gets.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class GroupCommit extends LogQuestion {
  private static final int SIZE = 100;
  private static final long TOTAL_BYTES = 1L << 30;
  private static final int SEQUENCE_BITS = 40;

  @Param({"varve", "chronicle-queue", "aeron-archive", "lmdb", "rocksdb", "limit"})
  public String system;

  private final List<Payloads> writers = new ArrayList<>();
  private @Nullable Trial trial;
  private int left;

  static Question question() {
    return new Question(
        "group-commit",
        "How many durable appends a second do 1, 4 and 16 threads get?",
        GroupCommit.class,
        List.of(
            Case.of("threads1", Map.of(), workload(1)).labelled("threads=1"),
            Case.of("threads4", Map.of(), workload(4)).labelled("threads=4"),
            Case.of("threads16", Map.of(), workload(16))
                .labelled("threads=16")
                .inQuick("chronicle-queue", "lmdb", "aeron-archive")
                .inVerdict("chronicle-queue", "lmdb")));
  }

  private static Workload workload(int threads) {
    return Workload.of(Task.APPEND, SIZE, 1, TOTAL_BYTES)
        .withLevel(Level.SYNC)
        .withThreads(threads);
  }

  /** One thread. */
  @Benchmark
  @Threads(1)
  public void threads1(Writer writer) throws IOException {
    writer.session.append(writer.payloads, 1);
  }

  /** Four threads. */
  @Benchmark
  @Threads(4)
  public void threads4(Writer writer) throws IOException {
    writer.session.append(writer.payloads, 1);
  }

  /** Sixteen threads. */
  @Benchmark
  @Threads(16)
  public void threads16(Writer writer) throws IOException {
    writer.session.append(writer.payloads, 1);
  }

  /**
   * The first thread opens an empty log. Not a setting up of JMH's for all of them: who waits for
   * that looks again after a second.
   */
  private synchronized Trial opened(int threads) {
    Trial open = trial;
    if (open == null) {
      open = Trial.open(system, workload(threads));
      trial = open;
    }
    return open;
  }

  private synchronized Payloads newWriter() {
    Payloads payloads = new Payloads(SIZE, (long) writers.size() << SEQUENCE_BITS);
    writers.add(payloads);
    return payloads;
  }

  /** The last one reads back what all threads appended, in whichever order. */
  private synchronized void leave() throws IOException {
    left++;
    if (left == writers.size()) {
      check(Objects.requireNonNull(trial));
    }
  }

  private void check(Trial ended) throws IOException {
    Answer answer = Answer.unordered(SIZE);
    ended.session().scan(Direction.FORWARD, Long.MAX_VALUE, answer);
    long count = 0;
    long sum = 0;
    for (Payloads payloads : writers) {
      long last = payloads.nextSequence();
      long first = last >>> SEQUENCE_BITS << SEQUENCE_BITS;
      count += last - first;
      sum += (first + last - 1) * (last - first) / 2;
    }
    answer.requireCount(count);
    if (answer.sum() != sum) {
      throw new IllegalStateException("wrong answer: some records are there twice, others not");
    }
    ended.close(count);
  }

  /** The records of one thread; their sequence numbers are apart from those of other threads. */
  @State(Scope.Thread)
  public static class Writer {
    private LogSession session;
    private Payloads payloads;

    /** Joins the threads of the benchmark. */
    @Setup
    public void join(GroupCommit question, BenchmarkParams params) {
      session = question.opened(params.getThreads()).session();
      payloads = question.newWriter();
    }

    /** Leaves them. */
    @TearDown
    public void leave(GroupCommit question) throws IOException {
      question.leave();
    }
  }
}
