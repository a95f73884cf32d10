package dev.varve.chain;

import dev.varve.StorageException;
import dev.varve.StorageException.Unavailable;
import dev.varve.chain.ContainerException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests that may be repeated, and are until they are answered or the operation's time is over.
 * Appends are not among them: see {@link ChainAppend}.
 *
 * <p>Each method throws {@link Unavailable} when there is no answer in time, when the service
 * refuses for a reason that the method does not name, and when the thread is interrupted in a wait;
 * its interrupt is kept.
 */
final class Requests {
  /** A request, once. */
  @FunctionalInterface
  interface Call<T> {
    /** Sends it. */
    T send(Duration timeout) throws ContainerException;
  }

  private final BlobContainer container;
  private final ChainOptions options;

  Requests(BlobContainer container, ChainOptions options) {
    this.container = container;
    this.options = options;
  }

  /** For an operation that begins now. */
  Deadline deadline() {
    return new Deadline(options);
  }

  /** What is known of a blob; empty when there is none. */
  Optional<BlobProperties> properties(String name, Deadline deadline) {
    try {
      return Optional.of(
          repeated("ask for", name, deadline, timeout -> container.properties(name, timeout)));
    } catch (ContainerException refusal) {
      if (refusal.reason() == Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw unavailable("ask for", name, refusal);
    }
  }

  /** Creates an append blob; false when there is one of that name, perhaps by a lost request. */
  boolean create(String name, Map<String, String> metadata, Deadline deadline) {
    try {
      repeated("create", name, deadline, timeout -> create(name, metadata, timeout));
      return true;
    } catch (ContainerException refusal) {
      if (refusal.reason() == Reason.ALREADY_EXISTS) {
        return false;
      }
      throw unavailable("create", name, refusal);
    }
  }

  private boolean create(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    container.create(name, metadata, timeout);
    return true;
  }

  /** The blobs whose names begin so. */
  List<ListedBlob> list(String prefix, Deadline deadline) {
    try {
      return repeated("list", prefix + "*", deadline, timeout -> container.list(prefix, timeout));
    } catch (ContainerException refusal) {
      throw unavailable("list", prefix + "*", refusal);
    }
  }

  /**
   * Reads a range. What a cut connection has left in the array is written over.
   *
   * @return the bytes that are there: fewer than asked for, or none, when the blob ends before
   * @throws ContainerException {@code NOT_FOUND} and nothing else
   */
  int read(String name, long offset, byte[] target, int at, int length, Deadline deadline)
      throws ContainerException {
    try {
      return repeated(
          "read",
          name,
          deadline,
          timeout ->
              container.read(name, offset, ByteBuffer.wrap(target, at, length).slice(), timeout));
    } catch (ContainerException refusal) {
      return switch (refusal.reason()) {
        case RANGE -> 0;
        case NOT_FOUND -> throw refusal;
        default -> throw unavailable("read", name, refusal);
      };
    }
  }

  /**
   * Sends a request until it is answered.
   *
   * @throws ContainerException what the service refused
   */
  <T> T repeated(String verb, String name, Deadline deadline, Call<T> call)
      throws ContainerException {
    for (int attempt = 0; ; attempt++) {
      try {
        return call.send(deadline.requestTimeout());
      } catch (ContainerException failure) {
        if (failure.reason().certain()) {
          throw failure;
        }
        pause(attempt, verb, name, failure, deadline);
      }
    }
  }

  /**
   * Waits before a request is sent again: a random part of a limit that doubles, and at least what
   * the service asked for.
   *
   * @param attempt how often it has been repeated
   * @throws Unavailable when there is no time for that, or the thread is interrupted
   */
  void pause(int attempt, String verb, String name, ContainerException failure, Deadline deadline) {
    Duration wait = jitter(attempt);
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
    if (!deadline.allows(longer)) {
      throw unavailable(verb, name, failure);
    }
    try {
      options.timing().sleep(longer);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted when about to %s %s again".formatted(verb, name), failure);
    }
  }

  private Duration jitter(int attempt) {
    long first = options.firstBackoff().toNanos();
    long most = options.backoffLimit().toNanos();
    int doublings = Math.min(attempt, Long.numberOfLeadingZeros(first) - 1);
    long limit = Math.min(most, first << doublings);
    return Duration.ofNanos(options.random().nextLong(limit + 1));
  }

  /** What the caller is told of a request that did not succeed. */
  static StorageException unavailable(String verb, String name, ContainerException failure) {
    return new Unavailable("cannot %s %s: %s".formatted(verb, name, failure.getMessage()), failure);
  }
}
