package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.LogSession;
import dev.varve.bench.systems.LogSession.Direction;
import dev.varve.bench.systems.LogSystem;
import dev.varve.bench.systems.Payloads;
import dev.varve.bench.systems.Systems;
import dev.varve.bench.systems.Task;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to open a log of a million records whose writer was killed, until the
 * newest record is read and the next one appended?
 *
 * <p>Hypothesis: while the machine stayed up, the end is found by a binary search and only the
 * newest batch is checked, so it takes milliseconds. Control: each shot opens the same bytes, a
 * copy of what the killed process left, which is in the page cache and on the disk: otherwise a
 * sync while opening would pay for the copy. What a shot changed is put back for the next.
 * Falsified by more than 20 ms. There is no limit: that would be to open nothing.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 12)
public class Reopen extends LogQuestion {
  private static final int SIZE = 100;
  private static final int RECORDS = 1_000_000;
  private static final int SHOTS_PER_CHECK = 20;

  @Param({"varve", "chronicle-queue", "lmdb", "rocksdb"})
  public String system;

  private int records;
  private LogSystem reopened;
  private Path killed;
  private Path kept;
  private Path folder;
  private SparseCopy copy;
  private int shots;
  private @Nullable LogSession session;

  static Question question() {
    return new Question(
        "reopen",
        "How long does it take to open a log whose writer was killed?",
        Reopen.class,
        List.of(
            Case.of("open", Map.of(), workload())
                .labelled("records=" + RECORDS)
                .shaped(Shape.SHOTS)
                .inQuick()
                .inVerdict("rocksdb")
                .scoredByForks(3)));
  }

  static Workload workload() {
    return Workload.of(Task.REOPEN, SIZE, 1000, (long) SIZE * RECORDS);
  }

  /** Lets another process fill a log and die. */
  @Setup
  public void kill() throws IOException {
    reopened = Systems.named(system);
    records = Scale.records(RECORDS);
    killed = Scratch.create(false);
    KilledWriter.fill(system, killed, records);
    kept = Scratch.create(false);
    folder = Scratch.create(false);
    copy = new SparseCopy(killed, kept, folder);
  }

  /** Puts back what it left. */
  @Setup(Level.Invocation)
  public void restore() throws IOException {
    copy.restore();
  }

  /** Opens, reads the newest record, appends the next. */
  @Benchmark
  public void open() throws IOException {
    LogSession opened = reopened.open(folder, workload());
    Answer newest = Answer.descending(SIZE, records - 1);
    opened.scan(Direction.BACKWARD, 1, newest);
    newest.requireCount(1);
    opened.append(new Payloads(SIZE, records), 1);
    session = opened;
  }

  /** Reads back what was appended; after the first shot, and after one in twenty, everything. */
  @TearDown(Level.Invocation)
  public void check() throws IOException {
    LogSession opened = Objects.requireNonNull(session);
    Answer appended = Answer.descending(SIZE, records);
    opened.scan(Direction.BACKWARD, 1, appended);
    appended.requireCount(1);
    if (shots++ % SHOTS_PER_CHECK == 0) {
      Answer all = Answer.ascending(SIZE, 0);
      opened.scan(Direction.FORWARD, Long.MAX_VALUE, all);
      all.requireCount(records + 1L);
    }
    opened.close();
  }

  /** Cleans up. */
  @TearDown
  public void remove() {
    Scratch.remove(killed);
    Scratch.remove(kept);
    Scratch.remove(folder);
  }
}
