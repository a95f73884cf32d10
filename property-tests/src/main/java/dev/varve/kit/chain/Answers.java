package dev.varve.kit.chain;

import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import java.time.Duration;
import java.util.Optional;

/** What a service says, or not, that does not do what it was asked. */
final class Answers {
  private Answers() {}

  static ContainerException none(Request<?> request) {
    return new ContainerException(
        Reason.NO_ANSWER, 0, "", "no answer in time: " + request, null, null);
  }

  static ContainerException busy(int status, Request<?> request, Optional<Duration> retryAfter) {
    return new ContainerException(
        Reason.BUSY, status, "ServerBusy", "busy: " + request, retryAfter.orElse(null), null);
  }

  static ContainerException of(Reason reason, Request<?> request) {
    return reason == Reason.NO_ANSWER
        ? none(request)
        : new ContainerException(
            Reason.FAILED, 500, "InternalError", "failed: " + request, null, null);
  }

  static void checkUncertain(Reason reason) {
    if (reason != Reason.NO_ANSWER && reason != Reason.FAILED) {
      throw new IllegalArgumentException("a lost answer is NO_ANSWER or FAILED, not " + reason);
    }
  }
}
