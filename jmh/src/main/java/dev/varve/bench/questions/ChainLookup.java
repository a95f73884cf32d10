package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Kind;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.ContainerException;
import dev.varve.codec.EventFrame;
import dev.varve.driver.EventBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost to find the link of a position and to read the event there, in chains of 1 to
 * 10,000 links?
 *
 * <p>Hypothesis: the link is found by halving the table of start positions, so the cost beyond the
 * request grows by some ten nanoseconds for ten times the links. Control: {@code limit}, the same
 * request to the same container with the name of the link and the offset at hand; the container's
 * own search for the name is in both. Falsified by a distance from the limit that grows tenfold
 * from 100 to 10,000 links. All chains have the same 10,000 events, read at random positions.
 */
public class ChainLookup extends LogQuestion {
  private static final String OURS = "varve";
  private static final String LIMIT = "limit";
  private static final int FRAME_BYTES = EventFrame.frameBytes(LinkedChain.CONTENT_BYTES);
  private static final int PICKS = 1 << 12;
  private static final long SEED = 7;

  @Param({OURS, LIMIT})
  public String system;

  @Param({"1", "100", "10000"})
  public int links;

  private final Answer answer = Answer.ascending(LinkedChain.CONTENT_BYTES);
  private final EventBuffer buffer = new EventBuffer(FRAME_BYTES);
  private final ByteBuffer target = ByteBuffer.allocate(FRAME_BYTES);
  private LinkedChain chain;
  private BlobChainDriver driver;
  private int[] picks;
  private String[] names;
  private long[] offsets;
  private int at;

  static Question question() {
    List<Contestant> both =
        List.of(
            new Contestant(OURS, Kind.OURS, false, Chains.NOTE),
            new Contestant(LIMIT, Kind.LIMIT, false, "the bare request, nothing is checked"));
    List<Case> cases = new ArrayList<>();
    for (String links : List.of("1", "100", "10000")) {
      cases.add(Case.of("read", Map.of("links", links), both).shaped(Shape.BRIEF));
    }
    return new Question(
        "chain-lookup",
        "What does it cost to read an event by its position in chains of 1 to 10,000 links?",
        ChainLookup.class,
        cases);
  }

  /** Makes the chain and chooses events. */
  @Setup
  public void load() {
    chain = LinkedChain.of(links);
    driver = Chains.open(chain.container());
    long known = driver.end();
    if (known != chain.end()) {
      throw new IllegalStateException("wrong answer: the end is " + known);
    }
    int events = chain.events();
    picks = new SplittableRandom(SEED).ints(PICKS, 0, events).toArray();
    names = new String[PICKS];
    offsets = new long[PICKS];
    // Every append is as large as any other, a marker and a frame.
    long appendBytes = chain.end() / events;
    int perLink = events / links;
    for (int i = 0; i < PICKS; i++) {
      names[i] = LinkedChain.name(picks[i] / perLink + 1);
      offsets[i] = (picks[i] % perLink + 1) * appendBytes - FRAME_BYTES;
    }
  }

  /** Reads an event. */
  @Benchmark
  public void read() throws ContainerException {
    at = (at + 1) % PICKS;
    if (system.equals(OURS)) {
      readEvent();
    } else {
      readBytes();
    }
  }

  private void readEvent() {
    driver.read(chain.position(picks[at]), buffer);
    answer.expect(picks[at]);
    Chains.take(buffer, answer);
    answer.requireCount(1);
  }

  private void readBytes() throws ContainerException {
    chain.container().read(names[at], offsets[at], target.clear(), Chains.TIMEOUT);
    if ((long) FrameCodec.LONG.get(target.array(), EventFrame.CONTENT_OFFSET) != picks[at]) {
      throw new IllegalStateException("wrong answer: not event " + picks[at]);
    }
  }

  /** Closes the chain. */
  @TearDown
  public void close() {
    driver.close();
  }
}
