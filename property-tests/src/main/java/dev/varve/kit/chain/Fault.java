package dev.varve.kit.chain;

import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import java.time.Duration;
import java.util.Optional;

/** What goes wrong with one request. Each kind goes wrong in one way. */
public sealed interface Fault {

  /** Whether it can befall such a request; others it lets through. */
  default boolean fits(Request.Kind kind) {
    return true;
  }

  /** Lets a request that it fits meet its fate. */
  <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException;

  /** Never arrives, and nobody answers. */
  record Lost() implements Fault {
    @Override
    public <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException {
      throw Answers.none(request);
    }
  }

  /**
   * Not applied: the service is busy, and may say when to come again.
   *
   * @param retryAfter how long it asks to wait, where it does
   */
  record Refused(Optional<Duration> retryAfter) implements Fault {
    @Override
    public <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException {
      throw Answers.busy(503, request, retryAfter);
    }
  }

  /**
   * Not applied, and so are the requests that follow: too many of them.
   *
   * @param requests how many are refused, this one included
   */
  record Throttled(int requests, Duration retryAfter) implements Fault {
    @Override
    public <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException {
      container.throttle(requests - 1, retryAfter);
      throw Answers.busy(429, request, Optional.of(retryAfter));
    }
  }

  /**
   * Applied, and nobody hears of it.
   *
   * @param reason {@code NO_ANSWER} or {@code FAILED}
   */
  record AnswerLost(Reason reason) implements Fault {
    /** Refuses reasons that would tell. */
    public AnswerLost {
      Answers.checkUncertain(reason);
    }

    @Override
    public <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException {
      container.sendUnheard(request);
      throw Answers.of(reason, request);
    }
  }

  /** Of an append that is the last its blob takes, the answer is lost; another is answered. */
  record LastBlockAnswerLost(Reason reason) implements Fault {
    /** Refuses reasons that would tell. */
    public LastBlockAnswerLost {
      Answers.checkUncertain(reason);
    }

    @Override
    public boolean fits(Request.Kind kind) {
      return kind == Request.Kind.APPEND;
    }

    @Override
    public <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException {
      T blocks = request.send();
      if (blocks.equals(container.limits().blocks())) {
        throw Answers.of(reason, request);
      }
      return blocks;
    }
  }

  /**
   * Without an answer, and applied later, perhaps behind its own retry.
   *
   * @param requests how many further requests pass before it arrives
   */
  record Delayed(int requests) implements Fault {
    @Override
    public boolean fits(Request.Kind kind) {
      return kind.writes();
    }

    @Override
    public <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException {
      container.deliverLater(request, requests);
      throw Answers.none(request);
    }
  }

  /** Delivered twice at once; the second answer is the one that is heard. */
  record Duplicated() implements Fault {
    @Override
    public boolean fits(Request.Kind kind) {
      return kind.writes();
    }

    @Override
    public <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException {
      container.sendUnheard(request);
      return request.send();
    }
  }

  /**
   * Answered, and delivered once more later.
   *
   * @param requests how many further requests pass before the second arrives
   */
  record Echoed(int requests) implements Fault {
    @Override
    public boolean fits(Request.Kind kind) {
      return kind.writes();
    }

    @Override
    public <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException {
      container.deliverLater(request, requests);
      return request.send();
    }
  }

  /**
   * The connection of a range is cut.
   *
   * @param bytes how many arrived in the target before
   */
  record CutShort(int bytes) implements Fault {
    @Override
    public boolean fits(Request.Kind kind) {
      return kind == Request.Kind.READ;
    }

    @Override
    public <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException {
      request.sendAndCut(bytes);
      throw Answers.none(request);
    }
  }

  /** A listing that lacks the last of its blobs, as one may that was begun before it was there. */
  record NewestMissing() implements Fault {
    @Override
    public boolean fits(Request.Kind kind) {
      return kind == Request.Kind.LIST;
    }

    @Override
    public <T> T befall(Request<T> request, FaultyContainer container) throws ContainerException {
      return request.older(request.send());
    }
  }
}
