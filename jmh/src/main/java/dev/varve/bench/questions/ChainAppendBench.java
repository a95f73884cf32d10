package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Payloads;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.ContainerException;
import dev.varve.chain.InMemoryContainer;
import dev.varve.codec.EventFrame;
import dev.varve.driver.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does an append to a chain of blobs cost beyond the request that it makes, by the latency of
 * the service?
 *
 * <p>Hypothesis: framing, a marker and what is known of the end take a few microseconds, so beside
 * a real request they do not show. Control: {@code limit} appends blocks of the same size to blobs
 * of the same container, and makes the next blob after as many. Falsified by more than 20
 * microseconds above the limit at no latency, or 5 % at 15 ms. The container is memory, so nothing
 * is durable; every iteration has a chain of its own, begun before it, which is read back with its
 * end.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChainAppendBench extends LogQuestion {
  private static final String OURS = "varve";
  private static final String LIMIT = "limit";
  private static final int CONTENT_BYTES = 104;
  private static final int MARKER_CONTENT_BYTES = 24;

  /** After so many a chain is begun anew, so that the heap holds it however fast the machine is. */
  private static final int MOST_APPENDS = 500_000;

  @Param({OURS, LIMIT})
  public String system;

  @Param({"0", "2", "15"})
  public int latency;

  private InMemoryContainer memory;
  private BlobContainer container;
  private Payloads payloads;
  private EventBatch batch;
  private BlobChainDriver driver;
  private BareAppends bare;
  private long end;
  private int appends;

  static Question question() {
    List<Contestant> both =
        List.of(
            new Contestant(OURS, Kind.OURS, false, Chains.NOTE),
            new Contestant(LIMIT, Kind.LIMIT, false, "the bare request"));
    List<Case> cases = new ArrayList<>();
    for (String latency : List.of("0", "2", "15")) {
      Case measured = Case.of("append", Map.of("latency", latency), both);
      Case labelled = measured.labelled("latency=" + latency + "ms").shaped(Shape.BRIEF);
      cases.add(latency.equals("0") ? labelled.inQuick() : labelled);
    }
    return new Question(
        "chain-append",
        "What does an append to a chain of blobs cost beyond the request that it makes?",
        ChainAppendBench.class,
        cases);
  }

  /** Begins a chain: the first append creates a blob, and tells its first key. */
  @Setup(Level.Iteration)
  public void open() throws ContainerException {
    memory = new InMemoryContainer(BlobLimits.AZURE);
    container = Chains.delayed(memory, latency);
    payloads = new Payloads(CONTENT_BYTES);
    batch = new EventBatch();
    driver = Chains.open(container);
    int blockBytes =
        EventFrame.frameBytes(MARKER_CONTENT_BYTES) + EventFrame.frameBytes(CONTENT_BYTES);
    bare = new BareAppends(container, blockBytes);
    end = 0;
    appends = 0;
    append();
  }

  /** Appends an event. */
  @Benchmark
  public void append() throws ContainerException {
    if (appends++ == MOST_APPENDS) {
      driver.close();
      open();
    }
    if (system.equals(OURS)) {
      end = Chains.end(driver.append(end, Chains.next(batch, payloads, 1)));
    } else {
      bare.append();
    }
  }

  /** Reads back what was appended, and compares the bytes that both have to send. */
  @TearDown(Level.Iteration)
  public void check() throws ContainerException {
    driver.close();
    if (system.equals(LIMIT)) {
      bare.requireAll();
      return;
    }
    Answer answer = Answer.ascending(CONTENT_BYTES, 0);
    Chains.readAll(memory, answer);
    answer.requireCount(payloads.nextSequence());
    if (end != payloads.nextSequence() * bare.blockBytes()) {
      throw new IllegalStateException("wrong answer: an append has another size than the limit's");
    }
  }
}
