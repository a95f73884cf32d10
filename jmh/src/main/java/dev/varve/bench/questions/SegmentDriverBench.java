package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Kind;
import dev.varve.segment.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a stream of events cost beyond the segment log that it is kept in, per event appended
 * and per event read?
 *
 * <p>Hypothesis: a lock, a compared position and a copy of the event, so at most as much again as
 * the log's own append, and nothing that shows beside a sync. Control: {@code limit}, the bare log
 * with the same records and the same durability, read through a cursor. Falsified by more than
 * twice its time. Every iteration appends to a stream of its own.
 */
public class SegmentDriverBench extends LogQuestion {
  private static final String OURS = "varve";
  private static final String LIMIT = "limit";
  private static final int READ_EVENTS = 200_000;
  private static final long SCRATCH_BYTES = 2L << 30;

  @Param({OURS, LIMIT})
  public String system;

  @Param({"NONE", "SYNC"})
  public String level;

  private Path folder;
  private SegmentStream stream;
  private int loaded;

  static Question question() {
    List<Contestant> both =
        List.of(
            Contestant.of(OURS, Kind.OURS),
            new Contestant(LIMIT, Kind.LIMIT, false, "the bare log, no position compared"));
    return new Question(
        "segment-driver",
        "What does a stream of events cost beyond the segment log that it is kept in?",
        SegmentDriverBench.class,
        List.of(
            of("append", "NONE", "append", both),
            of("append", "SYNC", "append-synced", both).durable(),
            of("read", "NONE", "read", both)));
  }

  private static Case of(String method, String level, String does, List<Contestant> both) {
    return Case.of(method, Map.of("level", level), both)
        .labelled("size=%d;do=%s".formatted(SegmentStream.CONTENT_BYTES, does))
        .withScratch(SCRATCH_BYTES)
        .shaped(Shape.BRIEF);
  }

  /** Opens an empty stream, and fills it where it is to be read. */
  @Setup(Level.Iteration)
  public void open(org.openjdk.jmh.infra.BenchmarkParams params) {
    boolean durable = level.equals("SYNC");
    folder = Scratch.create(durable);
    Durability durability = durable ? Durability.SYNC : Durability.NONE;
    stream =
        system.equals(OURS)
            ? new SegmentStream.Driver(folder, durability)
            : new SegmentStream.Bare(folder, durability);
    loaded = params.getBenchmark().endsWith(".read") ? Scale.records(READ_EVENTS) : 0;
    for (int i = 0; i < loaded; i++) {
      stream.append();
    }
  }

  /** Appends an event. */
  @Benchmark
  public void append() {
    stream.append();
  }

  /** Reads all events from the first to the last and checks each. */
  @Benchmark
  @OperationsPerInvocation(READ_EVENTS)
  public void read() {
    readAll();
  }

  private void readAll() {
    Answer answer = Answer.ascending(SegmentStream.CONTENT_BYTES, 0);
    stream.read(answer);
    answer.requireCount(stream.appended());
  }

  /** Reads back what was appended, and removes it. */
  @TearDown(Level.Iteration)
  public void check() {
    readAll();
    stream.close();
    Scratch.remove(folder);
  }
}
