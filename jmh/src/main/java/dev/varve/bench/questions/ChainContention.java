package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Kind;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.InMemoryContainer;
import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many appends a second do 1, 2, 4 and 8 writers get through on one chain, and what share of
 * them is refused as outdated?
 *
 * <p>Hypothesis: one of those who try at once gets through, so the appends of all together hardly
 * fall with the writers, while the share that is refused goes towards (writers - 1) / writers.
 * Control: one writer, who is never refused. Falsified by 8 writers with less than half of its
 * appends. Each writer has a driver of its own, as if in another process, and goes on from the end
 * that it is told; requests take 2 ms. The container is memory, so nothing is durable.
 */
public class ChainContention extends LogQuestion {
  private static final String OURS = "varve";
  private static final int CONTENT_BYTES = 104;
  private static final int LATENCY_MILLIS = 2;
  private static final int APPENDS = 32;

  @Param(OURS)
  public String system;

  @Param({"1", "2", "4", "8"})
  public int writers;

  private final List<Writer> all = new ArrayList<>();
  private InMemoryContainer memory;
  private Crowd crowd;

  static Question question() {
    List<Contestant> ours = List.of(new Contestant(OURS, Kind.OURS, false, Chains.NOTE));
    List<Case> cases = new ArrayList<>();
    for (String writers : List.of("1", "2", "4", "8")) {
      cases.add(
          Case.of("contend", Map.of("writers", writers), ours)
              .counting("appendedPerSecond", "outdatedPercent")
              .shaped(Shape.BRIEF));
    }
    return new Question(
        "chain-contention",
        "How many appends a second do 1 to 8 writers get through, and how many are refused?",
        ChainContention.class,
        cases);
  }

  /** Opens the chain for every writer. */
  @Setup
  public void open() {
    memory = new InMemoryContainer(BlobLimits.AZURE);
    BlobContainer container = Chains.delayed(memory, LATENCY_MILLIS);
    for (int i = 0; i < writers; i++) {
      all.add(new Writer(Chains.open(container), i));
    }
    crowd = new Crowd(writers);
  }

  /** All writers append, until there are so many more events. */
  @Benchmark
  public void contend(Outcomes outcomes) {
    AtomicInteger left = new AtomicInteger(APPENDS);
    outcomes.nanos += crowd.run(number -> all.get(number).append(left, outcomes));
  }

  /** Reads back what all appended, in whichever order. */
  @TearDown
  public void check() {
    crowd.close();
    all.forEach(writer -> writer.driver.close());
    Answer answer = Answer.unordered(CONTENT_BYTES);
    Chains.readAll(memory, answer);
    answer.requireCount(all.stream().mapToLong(writer -> writer.payloads.appended()).sum());
    if (answer.sum() != all.stream().mapToLong(writer -> writer.payloads.sum()).sum()) {
      throw new IllegalStateException("wrong answer: some events are there twice, others not");
    }
  }

  /** One who appends where it believes the end to be. */
  private static final class Writer {
    private final BlobChainDriver driver;
    private final NumberedPayloads payloads;
    private final EventBatch batch = new EventBatch();
    private long end;

    Writer(BlobChainDriver driver, int number) {
      this.driver = driver;
      payloads = new NumberedPayloads(CONTENT_BYTES, number);
    }

    void append(AtomicInteger left, Outcomes outcomes) {
      while (left.getAndDecrement() > 0) {
        Chains.next(batch, payloads.payloads(), 1);
        Append outcome = driver.append(end, batch);
        while (outcome instanceof Append.Outdated outdated) {
          outcomes.outdated.increment();
          outcome = driver.append(outdated.end(), batch);
        }
        end = Chains.end(outcome);
        outcomes.appended.increment();
      }
    }
  }

  /** What became of the appends of one iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Outcomes {
    private final LongAdder appended = new LongAdder();
    private final LongAdder outdated = new LongAdder();
    private long nanos;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void begin() {
      appended.reset();
      outdated.reset();
      nanos = 0;
    }

    /** Accepted appends of all writers. */
    public double appendedPerSecond() {
      return appended.sum() * 1e9 / nanos;
    }

    /** Refused appends among all. */
    public double outdatedPercent() {
      return 100.0 * outdated.sum() / (outdated.sum() + appended.sum());
    }
  }
}
