package dev.varve.kit.chain;

import dev.varve.chain.ContainerException.Reason;
import dev.varve.kit.Payloads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Says what goes wrong with which request. Asked once per request, from any thread. */
@FunctionalInterface
public interface FaultScript {
  /**
   * What befalls a request, if anything.
   *
   * @param number of the request, from 0 in the order in which they come
   */
  Optional<Fault> fault(int number, Request.Kind kind);

  /** Nothing goes wrong. */
  static FaultScript none() {
    return (number, kind) -> Optional.empty();
  }

  /** These faults for the requests of these numbers; also {@link FaultyContainer#faults()}. */
  static FaultScript of(Map<Integer, Fault> faults) {
    Map<Integer, Fault> kept = Map.copyOf(faults);
    return (number, kind) -> Optional.ofNullable(kept.get(number));
  }

  /** A fault for one request of a kind: the {@code nth} of them, from 0. */
  static FaultScript nth(Request.Kind wanted, int nth, Fault fault) {
    AtomicInteger seen = new AtomicInteger();
    return (number, kind) ->
        kind == wanted && seen.getAndIncrement() == nth ? Optional.of(fault) : Optional.empty();
  }

  /** A fault for every request that it fits. */
  static FaultScript every(Fault fault) {
    return (number, kind) -> Optional.of(fault);
  }

  /**
   * Some fault for so many of a thousand requests, of every kind that fits. It depends on the seed
   * and the request's number only.
   */
  static FaultScript seeded(long seed, int perThousand) {
    return (number, kind) -> {
      if (Payloads.number(seed, number, 1000) >= perThousand) {
        return Optional.empty();
      }
      int few = Payloads.number(~seed, number, 5);
      List<Fault> fitting = some(few).stream().filter(fault -> fault.fits(kind)).toList();
      return Optional.of(fitting.get(Payloads.number(seed + 1, number, fitting.size())));
    };
  }

  /** One fault of each kind. */
  private static List<Fault> some(int few) {
    Duration wait = Duration.ofMillis(1 + few);
    return List.of(
        new Fault.Lost(),
        new Fault.Refused(Optional.empty()),
        new Fault.Refused(Optional.of(wait)),
        new Fault.Throttled(1 + few, wait),
        new Fault.AnswerLost(Reason.NO_ANSWER),
        new Fault.AnswerLost(Reason.FAILED),
        new Fault.LastBlockAnswerLost(Reason.NO_ANSWER),
        new Fault.Delayed(few),
        new Fault.Duplicated(),
        new Fault.Echoed(few),
        new Fault.CutShort(1 + 9 * few),
        new Fault.NewestMissing());
  }

  /** This script, and where it has nothing for a request, another. Both are asked. */
  default FaultScript and(FaultScript other) {
    return (number, kind) -> {
      Optional<Fault> first = fault(number, kind);
      Optional<Fault> second = other.fault(number, kind);
      return first.or(() -> second);
    };
  }
}
