package dev.varve.chain;

import dev.varve.chain.ContainerException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * A container that is as far away as a service behind a network: another one's answers, each after
 * a latency.
 *
 * <p>One half of a request's latency passes before the other container is asked, the other half
 * before its answer is given, refusals included; writers that race meet there in the order in which
 * their requests arrive. A request whose latency is longer than its timeout ends with {@code
 * NO_ANSWER} when the timeout does, and has been applied if it had arrived by then. So does one
 * whose thread is interrupted meanwhile; an interrupt is kept, and one from before ends nothing.
 *
 * <p>Not modelled: a bandwidth that requests share, limits of requests per second and the refusals
 * that come with them, the time to connect, requests that are slower than the jitter allows, lost
 * answers. A listing takes the latency of one request, however many pages it has.
 *
 * <p>Safe from any thread; the latencies of requests made at once pass at once.
 */
public final class DelayedContainer implements BlobContainer {
  /**
   * How long requests take.
   *
   * @param base what each takes, not negative
   * @param perMebibyte what 1,048,576 bytes of content take on the way, not negative
   * @param jitter the most that a request takes beyond that; each takes a random part of it
   */
  public record Latency(Duration base, Duration perMebibyte, Duration jitter) {
    /** Refuses times that run backwards. */
    public Latency {
      if (base.isNegative() || perMebibyte.isNegative() || jitter.isNegative()) {
        throw new IllegalArgumentException(
            "no latency is negative: %s, %s, %s".formatted(base, perMebibyte, jitter));
      }
    }

    /** The same time for each request, whatever it carries. */
    public static Latency fixed(Duration base) {
      return new Latency(base, Duration.ZERO, Duration.ZERO);
    }
  }

  /** What is asked of the other container. */
  private interface Call<T> {
    T ask() throws ContainerException;
  }

  private static final double BYTES_PER_MEBIBYTE = 1 << 20;

  private final BlobContainer container;
  private final Latency latency;
  private final Timing timing;
  private final RandomGenerator random;

  /**
   * A container with this latency.
   *
   * @param timing lets the time pass
   * @param random gives the jitter, asked by one thread at a time; a seeded one gives the same
   *     sequence again
   */
  public DelayedContainer(
      BlobContainer container, Latency latency, Timing timing, RandomGenerator random) {
    this.container = container;
    this.latency = latency;
    this.timing = timing;
    this.random = random;
  }

  @Override
  public BlobLimits limits() {
    return container.limits();
  }

  @Override
  public void create(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    delayed(
        0,
        timeout,
        () -> {
          container.create(name, metadata, timeout);
          return name;
        });
  }

  @Override
  public int append(String name, long offset, ByteBuffer data, Duration timeout)
      throws ContainerException {
    return delayed(data.remaining(), timeout, () -> container.append(name, offset, data, timeout));
  }

  @Override
  public BlobProperties properties(String name, Duration timeout) throws ContainerException {
    return delayed(0, timeout, () -> container.properties(name, timeout));
  }

  @Override
  public int read(String name, long offset, ByteBuffer target, Duration timeout)
      throws ContainerException {
    ByteBuffer arriving = target.duplicate();
    int count =
        delayed(
            0, timeout, () -> container.read(name, offset, arriving, timeout), Integer::longValue);
    target.position(arriving.position());
    return count;
  }

  @Override
  public List<ListedBlob> list(String prefix, Duration timeout) throws ContainerException {
    return delayed(0, timeout, () -> container.list(prefix, timeout));
  }

  @Override
  public void setMetadata(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    delayed(
        0,
        timeout,
        () -> {
          container.setMetadata(name, metadata, timeout);
          return name;
        });
  }

  @Override
  public void stageBlock(String name, String blockId, ByteBuffer data, Duration timeout)
      throws ContainerException {
    delayed(
        data.remaining(),
        timeout,
        () -> {
          container.stageBlock(name, blockId, data, timeout);
          return name;
        });
  }

  @Override
  public void commitBlocks(
      String name, List<String> blockIds, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    delayed(
        0,
        timeout,
        () -> {
          container.commitBlocks(name, blockIds, metadata, timeout);
          return name;
        });
  }

  private <T> T delayed(long sentBytes, Duration timeout, Call<T> call) throws ContainerException {
    return delayed(sentBytes, timeout, call, answer -> 0);
  }

  private <T> T delayed(
      long sentBytes, Duration timeout, Call<T> call, ToLongFunction<T> receivedBytes)
      throws ContainerException {
    boolean interruptedBefore = Thread.interrupted();
    try {
      return delayed(sentBytes, TimeUnit.NANOSECONDS.convert(timeout), call, receivedBytes);
    } finally {
      if (interruptedBefore) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T delayed(
      long sentBytes, long timeoutNanos, Call<T> call, ToLongFunction<T> receivedBytes)
      throws ContainerException {
    long half = halfNanos();
    long left = timeoutNanos - pass(half + transferNanos(sentBytes), timeoutNanos);
    T answer;
    try {
      answer = call.ask();
    } catch (ContainerException refused) {
      pass(half, left);
      throw refused;
    }
    pass(half + transferNanos(receivedBytes.applyAsLong(answer)), left);
    return answer;
  }

  private long halfNanos() {
    long jitter = latency.jitter().toNanos();
    synchronized (random) {
      return (latency.base().toNanos() + random.nextLong(jitter + 1)) / 2;
    }
  }

  private long transferNanos(long bytes) {
    return (long) (bytes / BYTES_PER_MEBIBYTE * latency.perMebibyte().toNanos());
  }

  /** Lets time pass, no more than is left; the time that has. */
  private long pass(long nanos, long left) throws ContainerException {
    try {
      if (nanos > 0) {
        timing.sleep(Duration.ofNanos(Math.min(nanos, left)));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw noAnswer("interrupted");
    }
    if (nanos > left) {
      throw noAnswer("the answer takes longer than the request may");
    }
    return nanos;
  }

  private static ContainerException noAnswer(String message) {
    return new ContainerException(Reason.NO_ANSWER, 0, "", message, null, null);
  }
}
