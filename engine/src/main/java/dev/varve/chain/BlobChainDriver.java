package dev.varve.chain;

import dev.varve.driver.Append;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.Append.Outdated;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A stream of events over a chain of append blobs, {@code events.00001} and so on, in one
 * container; {@code docs/formats/blob-chain.md} is the specification.
 *
 * <p>Positions are bytes from the start of the chain. What was appended is as durable as the
 * service makes it. Any number of drivers, in any number of processes, may read and append; they
 * share nothing but the container. An interrupt is kept. It ends waiting for the service to
 * recover, and a request where the container says so, as {@link
 * dev.varve.StorageException.Unavailable} or {@link Append.Unknown}.
 */
public final class BlobChainDriver implements StorageDriver {
  private static final long MAX_KEY = 0xFFFF_FFFFL;
  private final BlobContainer container;
  private final ChainOptions options;
  private final Gate gate = new Gate("the chain");
  private final LinkKeys keys = new LinkKeys();
  private final Requests requests;
  private final ChainTail tail;
  private final CompactedCopies copies;
  private final Slices slices;
  private final ChainReader reader;
  private final Seek seek;
  private final KeyMetadata keyMetadata;
  private final Markers markers;
  private final Compaction compaction;

  private BlobChainDriver(BlobContainer container, ChainOptions options) {
    this.container = container;
    this.options = options;
    requests = new Requests(container, options);
    Parallel parallel = new Parallel(options.executor(), options.parallelism());
    LinkListing listing = new LinkListing(requests, parallel);
    tail = new ChainTail(requests, listing, keys, container.limits().blocks(), options.markers());
    copies = new CompactedCopies(container, keys);
    slices = new Slices(requests, copies, parallel, options.sliceBytes());
    reader = new ChainReader(tail, slices, copies, keys);
    seek = new Seek(reader, keys, options.ascendingKeys());
    keyMetadata = new KeyMetadata(container, tail, keys);
    markers = new Markers(options.random());
    compaction = new Compaction(container, requests, slices, copies, gate);
  }

  /**
   * Opens the chain in a container, which may be empty; lists its links and asks for none of them.
   * The container remains the caller's.
   *
   * @throws dev.varve.StorageException.Unavailable when the service does not answer
   * @throws dev.varve.StorageException.Corrupt when links are missing or overlap
   * @throws dev.varve.StorageException.UnsupportedFormat when another version has begun the chain
   */
  public static BlobChainDriver open(BlobContainer container, ChainOptions options) {
    BlobChainDriver driver = new BlobChainDriver(container, options);
    driver.tail.list(driver.requests.deadline());
    return driver;
  }

  @Override
  public long end() {
    return during(deadline -> tail.refresh(0, deadline).end());
  }

  /** The end, asked for within a time that may be shorter than an operation's. */
  long end(Duration most) {
    return during(ignored -> tail.refresh(0, new Deadline(options, most)).end());
  }

  @Override
  public Append append(long expectedPosition, EventBatch events) {
    checkPosition(expectedPosition);
    if (events.count() > 0 && expectedPosition < tail.known().end()) {
      return during(deadline -> new Outdated(tail.known().end()));
    }
    return append(expectedPosition, block(events));
  }

  private Append appendNothing(long expected, Deadline deadline) {
    long end = tail.refresh(0, deadline).end();
    return expected == end ? new Appended(end, end) : new Outdated(end);
  }

  /** Events that are ready to be sent. */
  AppendBlock block(EventBatch events) {
    int most = maxFrameBytes();
    if (events.frameBytes() > most) {
      throw new IllegalArgumentException(
          "an append to this chain holds at most %d bytes of framed events, not %d"
              .formatted(most, events.frameBytes()));
    }
    return AppendBlock.of(events);
  }

  /** Most bytes of framed events in one append. */
  int maxFrameBytes() {
    return Math.min(EventBatch.MAX_BYTES, container.limits().appendBytes() - Markers.FRAME_BYTES);
  }

  /** Appends a block that is nowhere in the chain, nor on its way; it must not change any more. */
  Append append(long expected, AppendBlock block) {
    if (block.frameBytes() == 0) {
      return during(deadline -> appendNothing(expected, deadline));
    }
    return during(
        deadline -> {
          block.mark(markers);
          Append outcome =
              new ChainAppend(container, requests, tail, block, expected, deadline).run();
          if (outcome instanceof Appended appended) {
            keyMetadata.appended(expected, appended.end(), block, deadline);
          }
          return outcome;
        });
  }

  /** How the chain is used. */
  ChainOptions options() {
    return options;
  }

  @Override
  public long read(long position, EventBuffer buffer) {
    checkPosition(position);
    return during(deadline -> reader.read(position, buffer, deadline));
  }

  @Override
  public long lastKey() {
    return during(deadline -> new LastKey(slices, tail.refresh(0, deadline), deadline).find());
  }

  @Override
  public long seek(long key, long from) {
    checkPosition(from);
    if (key < 0 || key > MAX_KEY) {
      throw new IllegalArgumentException(
          "a key to seek is from 0 to %d, not %d".formatted(MAX_KEY, key));
    }
    return during(deadline -> seek.find(reader.reaching(from, deadline), key, from, deadline));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Asks at least once, and gives that question the time of one request, however short the
   * timeout is.
   *
   * @throws dev.varve.StorageException.Unavailable when the service does not answer in an
   *     operation's time
   */
  @Override
  public boolean awaitEnd(long position, Duration timeout) throws InterruptedException {
    return new EndPoll(this, options).await(position, timeout);
  }

  /**
   * Copies each full link that has no copy yet into one block blob, which is faster to read, and
   * checks every event of it. Links are never deleted. Two who do it at once do no harm. Drivers
   * take the copies when the chain has got longer since they last looked.
   *
   * @return how many links have got a copy
   * @throws dev.varve.StorageException.Corrupt where damage is met; links before it have got theirs
   */
  public int compact() {
    ChainState state =
        during(
            deadline -> {
              ChainState found = tail.refresh(0, deadline);
              copies.list(found, deadline);
              return found;
            });
    int copied = 0;
    for (int link = 1; link < state.last(); link++) {
      int number = link;
      copied += during(deadline -> compaction.copy(state, number)) ? 1 : 0;
    }
    return copied;
  }

  /**
   * Does {@link #compact()} on the options' executor; fails when the driver is closed meanwhile.
   */
  public CompletableFuture<Integer> compactInBackground() {
    return CompletableFuture.supplyAsync(this::compact, options.executor());
  }

  @Override
  public void close() {
    gate.close();
  }

  private static void checkPosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("a position is at least 0, not " + position);
    }
  }

  private <T> T during(Function<Deadline, T> operation) {
    gate.enter();
    try {
      return operation.apply(requests.deadline());
    } finally {
      gate.leave();
    }
  }
}
