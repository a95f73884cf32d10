package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Payloads;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.ContainerException;
import dev.varve.chain.InMemoryContainer;
import dev.varve.driver.EventBuffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost to read a chain from its start on, 4 MiB at a time, by the latency of the
 * service?
 *
 * <p>Hypothesis: slices of 512 KiB that are fetched side by side take the time of one request.
 * Control: {@code single-requests} reads the same slices one after the other, checks included;
 * {@code limit} is one request for all 4 MiB, of which only the length is looked at. Falsified by
 * less than five times the speed of single requests at 15 ms. The chain has 64 MiB of events of 1
 * KiB. The container is memory: it has no bandwidth to run out of, and one request for 4 MiB takes
 * no longer than one for 512 KiB, as it would over a network.
 */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ChainRead extends LogQuestion {
  private static final String OURS = "varve";
  private static final String SINGLE = "single-requests";
  private static final String LIMIT = "limit";
  private static final String FIRST_LINK = "events.00001";
  private static final int CONTENT_BYTES = 1024;
  private static final int EVENTS = 64 << 10;
  private static final int LOAD_BATCH = 1000;
  private static final int STRETCH_BYTES = 4 << 20;
  private static final int SLICE_BYTES = 512 << 10;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Param({OURS, SINGLE, LIMIT})
  public String system;

  @Param({"0", "2", "15"})
  public int latency;

  private final Answer answer = Answer.ascending(CONTENT_BYTES, 0);
  private BlobContainer container;
  private BlobChainDriver driver;
  private EventBuffer buffer;
  private ByteBuffer target;
  private int requests;
  private long end;
  private long position;

  static Question question() {
    List<Contestant> all =
        List.of(
            new Contestant(OURS, Kind.OURS, false, Chains.NOTE),
            Contestant.of(SINGLE, Kind.PEER),
            new Contestant(LIMIT, Kind.LIMIT, false, "nothing is checked"));
    List<Case> cases = new ArrayList<>();
    for (String latency : List.of("0", "2", "15")) {
      cases.add(
          Case.of("read", Map.of("latency", latency), all)
              .labelled("latency=" + latency + "ms")
              .shaped(Shape.BRIEF));
    }
    return new Question(
        "chain-read", "What does it cost to read 4 MiB of a chain?", ChainRead.class, cases);
  }

  /** Fills the chain without latency. */
  @Setup
  public void load() {
    InMemoryContainer memory = new InMemoryContainer(BlobLimits.AZURE);
    try (BlobChainDriver loader = Chains.open(memory)) {
      end = Chains.fill(loader, new Payloads(CONTENT_BYTES), Scale.records(EVENTS), LOAD_BATCH);
    }
    container = Chains.delayed(memory, latency);
    driver = Chains.open(container);
    requests = system.equals(SINGLE) ? STRETCH_BYTES / SLICE_BYTES : 1;
    buffer = new EventBuffer(STRETCH_BYTES / requests);
    target = ByteBuffer.allocate(STRETCH_BYTES);
    long known = driver.end();
    if (known != end) {
      throw new IllegalStateException("wrong answer: the end is %d, not %d".formatted(known, end));
    }
  }

  /** Reads 4 MiB; begins anew where there is less. */
  @Benchmark
  public void read() throws ContainerException {
    if (end - position < STRETCH_BYTES) {
      position = 0;
      answer.expect(0);
    }
    if (system.equals(LIMIT)) {
      readBytes();
      return;
    }
    for (int request = 0; request < requests; request++) {
      position = driver.read(position, buffer);
      Chains.take(buffer, answer);
    }
  }

  private void readBytes() throws ContainerException {
    int bytes = container.read(FIRST_LINK, position, target.clear(), TIMEOUT);
    if (bytes != STRETCH_BYTES) {
      throw new IllegalStateException("wrong answer: %d bytes".formatted(bytes));
    }
    position += bytes;
  }

  /** Throws when events were passed over. */
  @TearDown
  public void check() {
    driver.close();
    long bytes = answer.count() * CONTENT_BYTES;
    if (!system.equals(LIMIT) && (bytes > position || bytes < position - position / 8)) {
      throw new IllegalStateException(
          "wrong answer: %d events up to position %d".formatted(answer.count(), position));
    }
  }
}
