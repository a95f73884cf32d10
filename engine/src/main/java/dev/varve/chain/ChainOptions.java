package dev.varve.chain;

import dev.varve.driver.StorageDriver;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * How a chain is used. Immutable; every {@code with} gives other options.
 *
 * <p>An operation asks the service with one request after the other, each of which ends within
 * {@link #requestTimeout()}, and gives up after {@link #deadline()}.
 */
public final class ChainOptions {
  private static final Duration LONGEST = Duration.ofDays(365);

  // Written only by with(), before anybody else sees the object.
  private Duration requestTimeout = Duration.ofSeconds(10);
  private Duration deadline = Duration.ofSeconds(60);
  private boolean markers = true;
  private boolean ascendingKeys;
  private int sliceBytes = 512 << 10;
  private int parallelism = 8;
  private Duration firstBackoff = Duration.ofMillis(50);
  private Duration backoffLimit = Duration.ofSeconds(5);
  private Duration firstPoll = Duration.ofMillis(10);
  private Duration pollLimit = Duration.ofSeconds(1);
  private Timing timing = Timing.SYSTEM;
  private RandomGenerator random;
  private Executor executor;

  private ChainOptions(RandomGenerator random, Executor executor) {
    this.random = random;
    this.executor = executor;
  }

  /**
   * Requests of 10 seconds and operations of 60, markers for new chains, slices of 512 KiB in 8
   * virtual threads, the machine's time, secure randomness.
   */
  public static ChainOptions defaults() {
    return new ChainOptions(new SecureRandom(), Thread::startVirtualThread);
  }

  private ChainOptions with(Consumer<ChainOptions> change) {
    ChainOptions copy = new ChainOptions(random, executor);
    copy.requestTimeout = requestTimeout;
    copy.deadline = deadline;
    copy.markers = markers;
    copy.ascendingKeys = ascendingKeys;
    copy.sliceBytes = sliceBytes;
    copy.parallelism = parallelism;
    copy.firstBackoff = firstBackoff;
    copy.backoffLimit = backoffLimit;
    copy.firstPoll = firstPoll;
    copy.pollLimit = pollLimit;
    copy.timing = timing;
    change.accept(copy);
    return copy;
  }

  /** How long one request may take, more than zero. */
  public Duration requestTimeout() {
    return requestTimeout;
  }

  /** The same with this time for a request. */
  public ChainOptions withRequestTimeout(Duration most) {
    checkPositive("request timeout", most);
    return with(copy -> copy.requestTimeout = most);
  }

  /** How long an operation may take, waits and repeated requests included; more than zero. */
  public Duration deadline() {
    return deadline;
  }

  /** The same with this time for an operation. */
  public ChainOptions withDeadline(Duration most) {
    checkPositive("deadline", most);
    return with(copy -> copy.deadline = most);
  }

  /**
   * Whether a chain that this driver begins has batch markers, which tell whose a block is when an
   * append's answer is lost. An existing chain keeps what it began with.
   */
  public boolean markers() {
    return markers;
  }

  /** The same with or without markers in a new chain. */
  public ChainOptions withMarkers(boolean wanted) {
    return with(copy -> copy.markers = wanted);
  }

  /**
   * Whether the caller promises that keys never descend along the chain, so that seeking may go by
   * the first key of each link. Without the promise, which nothing checks, it only passes over what
   * it knows to hold smaller keys.
   */
  public boolean ascendingKeys() {
    return ascendingKeys;
  }

  /** The same with or without that promise. */
  public ChainOptions withAscendingKeys(boolean promised) {
    return with(copy -> copy.ascendingKeys = promised);
  }

  /** Bytes that one request of a large read asks for, at least 1. */
  public int sliceBytes() {
    return sliceBytes;
  }

  /** The same with slices of this many bytes. */
  public ChainOptions withSliceBytes(int bytes) {
    checkPositive("slice bytes", bytes);
    return with(copy -> copy.sliceBytes = bytes);
  }

  /** How many requests of one large read may be under way, at least 1. */
  public int parallelism() {
    return parallelism;
  }

  /** The same with this many requests at a time. */
  public ChainOptions withParallelism(int requests) {
    checkPositive("parallelism", requests);
    return with(copy -> copy.parallelism = requests);
  }

  /** The longest wait before the first repetition of a request. */
  public Duration firstBackoff() {
    return firstBackoff;
  }

  /** The longest wait before any repetition, unless the service asks for more. */
  public Duration backoffLimit() {
    return backoffLimit;
  }

  /**
   * The same with other waits before repetitions. Each is a random part of a limit that begins with
   * {@code first} and doubles up to {@code limit}.
   */
  public ChainOptions withBackoff(Duration first, Duration limit) {
    checkOrder("backoff", first, limit);
    return with(
        copy -> {
          copy.firstBackoff = first;
          copy.backoffLimit = limit;
        });
  }

  /** How long {@link StorageDriver#awaitEnd} waits before it asks a second time. */
  public Duration firstPoll() {
    return firstPoll;
  }

  /** How long {@link StorageDriver#awaitEnd} waits at most between two questions. */
  public Duration pollLimit() {
    return pollLimit;
  }

  /** The same with other waits of {@link StorageDriver#awaitEnd}, which double up to a limit. */
  public ChainOptions withPolling(Duration first, Duration limit) {
    checkOrder("polling", first, limit);
    return with(
        copy -> {
          copy.firstPoll = first;
          copy.pollLimit = limit;
        });
  }

  /** Where the time comes from. */
  public Timing timing() {
    return timing;
  }

  /** The same with another time. */
  public ChainOptions withTiming(Timing other) {
    return with(copy -> copy.timing = other);
  }

  /** Where the ids of writers and the jitter of waits come from. */
  public RandomGenerator random() {
    return random;
  }

  /**
   * The same with other randomness. It must be safe from any thread, and must not give two drivers
   * of one chain the same numbers.
   */
  public ChainOptions withRandom(RandomGenerator other) {
    return with(copy -> copy.random = other);
  }

  /** What runs the slices of a large read and the work in the background. */
  public Executor executor() {
    return executor;
  }

  /** The same with another executor, which remains the caller's to end. */
  public ChainOptions withExecutor(Executor other) {
    return with(copy -> copy.executor = other);
  }

  private static void checkPositive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, is " + value);
    }
  }

  private static void checkPositive(String what, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " must be more than zero and at most a year, is " + value);
    }
  }

  private static void checkOrder(String what, Duration first, Duration limit) {
    checkPositive(what, first);
    checkPositive(what, limit);
    if (first.compareTo(limit) > 0) {
      throw new IllegalArgumentException(
          "%s must not begin with more than its limit of %s, is %s".formatted(what, limit, first));
    }
  }
}
