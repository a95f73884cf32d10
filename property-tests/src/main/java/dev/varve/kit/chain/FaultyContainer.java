package dev.varve.kit.chain;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.ContainerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A container on the far side of a bad connection: with some requests something goes wrong, as a
 * {@link FaultScript} says. Safe from any thread; what was is told by {@link #journal()}.
 */
public final class FaultyContainer extends InterceptedContainer {
  private final FaultScript script;
  private final List<String> journal = new ArrayList<>();
  private final Map<Integer, Fault> faults = new TreeMap<>();
  private final List<Late> late = new ArrayList<>();
  private int requests;
  private int throttled;
  private Duration retryAfter = Duration.ZERO;
  private boolean settled;

  /** A request that is still on its way, and the number of the one before which it arrives. */
  private record Late(Request<?> request, int before) {}

  /** What becomes of a request. */
  private record Fate(int number, boolean throttled, Optional<Fault> fault) {
    @Override
    public String toString() {
      return throttled ? ", throttled" : fault.map(one -> ", " + one).orElse("");
    }
  }

  /** A container in front of {@code inner}. */
  public FaultyContainer(BlobContainer inner, FaultScript script) {
    super(inner);
    this.script = script;
  }

  /** The faults that befell requests, by number: with {@link FaultScript#of} they do so again. */
  public synchronized Map<Integer, Fault> faults() {
    return new TreeMap<>(faults);
  }

  /** A line for every request and what became of it, in the order of their ends. */
  public synchronized List<String> journal() {
    return List.copyOf(journal);
  }

  /** Delivers what is still on its way. From now on nothing goes wrong. */
  public void settle() {
    synchronized (this) {
      settled = true;
      throttled = 0;
    }
    deliver(Integer.MAX_VALUE);
  }

  @Override
  <T> T pass(Request<T> request) throws ContainerException {
    Fate fate = next(request.kind());
    deliver(fate.number);
    String what = "#%d %s%s".formatted(fate.number, request, fate);
    if (fate.throttled) {
      return written(what, () -> refuse(request));
    }
    Fault fault = fate.fault.orElse(null);
    return written(what, () -> fault == null ? request.send() : fault.befall(request, this));
  }

  private synchronized Fate next(Request.Kind kind) {
    int number = requests++;
    Optional<Fault> fault =
        settled ? Optional.empty() : script.fault(number, kind).filter(one -> one.fits(kind));
    if (throttled > 0) {
      throttled--;
      return new Fate(number, true, Optional.empty());
    }
    fault.ifPresent(one -> faults.put(number, one));
    return new Fate(number, false, fault);
  }

  private <T> T refuse(Request<T> request) throws ContainerException {
    throw Answers.busy(429, request, Optional.of(retryAfter));
  }

  private <T> T written(String what, Request.Call<T> call) throws ContainerException {
    try {
      T answer = call.send();
      write("%s -> %s".formatted(what, answer));
      return answer;
    } catch (ContainerException e) {
      write("%s -> %s".formatted(what, e.reason()));
      throw e;
    }
  }

  private synchronized void write(String line) {
    journal.add(line);
  }

  /** Refuses so many of the requests to come. */
  synchronized void throttle(int count, Duration wait) {
    throttled = count;
    retryAfter = wait;
  }

  /** Sends a request whose answer, good or bad, nobody hears. */
  void sendUnheard(Request<?> request) {
    try {
      written("  unheard " + request, request::send);
    } catch (ContainerException _) {
      // It is in the journal.
    }
  }

  /** Has a request arrive when so many further requests have passed. */
  synchronized void deliverLater(Request<?> request, int further) {
    late.add(new Late(request, requests + further));
  }

  private void deliver(int number) {
    List<Late> due;
    synchronized (this) {
      due = late.stream().filter(one -> one.before() <= number).toList();
      late.removeAll(due);
    }
    due.forEach(one -> sendUnheard(one.request()));
  }
}
