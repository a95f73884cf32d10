package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Kind;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.GroupCommitFront;
import dev.varve.chain.InMemoryContainer;
import dev.varve.codec.EventFrame;
import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many events a second do 1, 16 and 64 threads append to a chain when they share appends, and
 * when each event is an append of its own?
 *
 * <p>Hypothesis: whoever comes while a block is on its way goes with the next one, so the events of
 * a second grow with the threads. Control: {@code append-per-event}, threads that take turns on a
 * driver, so that none is ever refused. Falsified if 64 threads get less than 30 times what they
 * get with an append per event. Each thread waits for one event before it submits the next;
 * requests take 15 ms. The container is memory, so nothing is durable.
 */
public class ChainFront extends LogQuestion {
  private static final String OURS = "varve";
  private static final String ONE_BY_ONE = "append-per-event";
  private static final int CONTENT_BYTES = 104;
  private static final int LATENCY_MILLIS = 15;
  private static final int ROUNDS = 8;

  @Param({OURS, ONE_BY_ONE})
  public String system;

  @Param({"1", "16", "64"})
  public int threads;

  private final List<Submitter> all = new ArrayList<>();
  private final ReentrantLock turn = new ReentrantLock();
  private InMemoryContainer memory;
  private BlobChainDriver driver;
  private GroupCommitFront front;
  private Crowd crowd;
  private long end;

  static Question question() {
    List<Contestant> both =
        List.of(
            new Contestant(OURS, Kind.OURS, true, Chains.NOTE),
            Contestant.of(ONE_BY_ONE, Kind.PEER));
    return new Question(
        "chain-front",
        "How many events a second do 1, 16 and 64 threads append when they share appends?",
        ChainFront.class,
        List.of(of(1, both), of(16, both), of(64, both).inQuick()));
  }

  private static Case of(int threads, List<Contestant> both) {
    return Case.of("submit", Map.of("threads", Integer.toString(threads)), both)
        .counting("appendedPerSecond")
        .shaped(Shape.BRIEF);
  }

  /** Opens an empty chain. */
  @Setup
  public void open() {
    memory = new InMemoryContainer(BlobLimits.AZURE);
    driver = Chains.open(Chains.delayed(memory, LATENCY_MILLIS));
    front = new GroupCommitFront(driver);
    crowd = new Crowd(threads);
    for (int thread = 0; thread < threads; thread++) {
      all.add(new Submitter(new NumberedPayloads(CONTENT_BYTES, thread)));
    }
  }

  /** All threads append: some events each, or one where every event takes a turn. */
  @Benchmark
  public void submit(Events events) {
    int each = system.equals(OURS) ? ROUNDS : Math.ceilDiv(ROUNDS, threads);
    events.nanos += crowd.run(thread -> append(all.get(thread), each));
    events.count += (long) each * threads;
  }

  private void append(Submitter submitter, int count) {
    for (int i = 0; i < count; i++) {
      EventBatch event = Chains.next(submitter.batch, submitter.payloads.payloads(), 1);
      if (system.equals(OURS)) {
        submitter.last = Chains.position(front.append(event));
      } else {
        submitter.last = appendInTurn(event);
      }
    }
  }

  private long appendInTurn(EventBatch event) {
    turn.lock();
    try {
      Append outcome = driver.append(end, event);
      end = Chains.end(outcome);
      return Chains.position(outcome);
    } finally {
      turn.unlock();
    }
  }

  /** Reads back what all threads appended, and the last event of each where it was told to be. */
  @TearDown
  public void check() {
    crowd.close();
    front.close();
    all.forEach(this::requireLast);
    driver.close();
    Answer answer = Answer.unordered(CONTENT_BYTES);
    Chains.readAll(memory, answer);
    answer.requireCount(all.stream().mapToLong(one -> one.payloads.appended()).sum());
    if (answer.sum() != all.stream().mapToLong(one -> one.payloads.sum()).sum()) {
      throw new IllegalStateException("wrong answer: some events are there twice, others not");
    }
  }

  private void requireLast(Submitter submitter) {
    EventBuffer buffer = new EventBuffer(EventFrame.frameBytes(CONTENT_BYTES));
    driver.read(submitter.last, buffer);
    Answer answer =
        Answer.ascending(CONTENT_BYTES, submitter.payloads.payloads().nextSequence() - 1);
    Chains.take(buffer, answer);
    answer.requireCount(1);
  }

  /** One of the threads: what it appends, and where its last event is. */
  private static final class Submitter {
    private final NumberedPayloads payloads;
    private final EventBatch batch = new EventBatch();
    private long last;

    Submitter(NumberedPayloads payloads) {
      this.payloads = payloads;
    }
  }

  /** The events of one iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Events {
    private long count;
    private long nanos;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void begin() {
      count = 0;
      nanos = 0;
    }

    /** Events of all threads. */
    public double appendedPerSecond() {
      return count * 1e9 / nanos;
    }
  }
}
