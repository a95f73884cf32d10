package dev.varve.chain.azure;

import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Sends requests, and waits for their answers as long as the caller does. */
final class Answers {
  private Answers() {}

  /**
   * Sends one request. When this returns or throws, nobody waits for it any more. An interrupt from
   * before does not end it; it is kept for the caller.
   */
  static <T> T await(Mono<T> request, Duration timeout) throws ContainerException {
    boolean interruptedBefore = Thread.interrupted();
    try {
      return awaitUnlessInterrupted(request, timeout);
    } finally {
      if (interruptedBefore) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T awaitUnlessInterrupted(Mono<T> request, Duration timeout)
      throws ContainerException {
    CompletableFuture<@Nullable T> answer = request.toFuture();
    try {
      return Objects.requireNonNull(
          answer.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      throw noAnswer("no answer within " + timeout, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw noAnswer("interrupted while waiting for an answer", interrupted);
    } catch (ExecutionException failed) {
      throw Refusals.of(Objects.requireNonNullElse(failed.getCause(), failed));
    } finally {
      answer.cancel(true);
    }
  }

  /** Sends a request that creates a blob if it is absent. */
  static <T> T awaitCreation(Mono<T> request, Duration timeout) throws ContainerException {
    try {
      return await(request, timeout);
    } catch (ContainerException refused) {
      throw Refusals.ofCreation(refused);
    }
  }

  private static ContainerException noAnswer(String message, Throwable cause) {
    return new ContainerException(Reason.NO_ANSWER, 0, "", message, null, cause);
  }
}
