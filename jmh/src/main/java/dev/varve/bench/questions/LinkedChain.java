package dev.varve.bench.questions;

import dev.varve.bench.systems.Payloads;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.InMemoryContainer;
import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;

/**
 * A chain of so many links in memory. Whatever their number, there are the same events, each of
 * them an append: the links differ in how many they take.
 */
final class LinkedChain {
  /** Content of every event. */
  static final int CONTENT_BYTES = 104;

  private static final int EVENTS = 10_000;

  private final InMemoryContainer container;
  private final long[] positions;
  private final long end;

  private LinkedChain(InMemoryContainer container, long[] positions, long end) {
    this.container = container;
    this.positions = positions;
    this.end = end;
  }

  /** Makes one. */
  static LinkedChain of(int links) {
    InMemoryContainer container =
        new InMemoryContainer(new BlobLimits(BlobLimits.AZURE.appendBytes(), EVENTS / links));
    long[] positions = new long[EVENTS];
    Payloads payloads = new Payloads(CONTENT_BYTES);
    EventBatch batch = new EventBatch();
    long end = 0;
    try (BlobChainDriver driver = Chains.open(container)) {
      for (int i = 0; i < EVENTS; i++) {
        Append outcome = driver.append(end, Chains.next(batch, payloads, 1));
        positions[i] = Chains.position(outcome);
        end = Chains.end(outcome);
      }
    }
    if (container.list("events.", Chains.TIMEOUT).size() != links) {
      throw new IllegalStateException("wrong answer: not a chain of %d links".formatted(links));
    }
    return new LinkedChain(container, positions, end);
  }

  /** Where it is. */
  InMemoryContainer container() {
    return container;
  }

  /** How many events it has. */
  int events() {
    return positions.length;
  }

  /** Position of an event, counted from 0 on. */
  long position(int event) {
    return positions[event];
  }

  /** Where it ends. */
  long end() {
    return end;
  }

  /** The name of a link, counted from 1 on. */
  static String name(int link) {
    return "events.%05d".formatted(link);
  }
}
