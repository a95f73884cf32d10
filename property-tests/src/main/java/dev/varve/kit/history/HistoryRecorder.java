package dev.varve.kit.history;

import dev.varve.driver.StorageDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Writes down what actors ask of the drivers of one stream. Safe from any thread. */
public final class HistoryRecorder {
  private final LongSupplier clock;
  private final AtomicInteger batches = new AtomicInteger();
  private final ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Operation> begun = new ConcurrentLinkedQueue<>();

  /** A recorder that asks {@code clock} for the moment: each answer is larger than the last. */
  public HistoryRecorder(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * A driver as seen by an actor.
   *
   * @param actor its number
   * @param number of the driver, where the stream has several
   * @param bufferBytes what it reads into
   */
  public RecordedStream stream(StorageDriver driver, int number, int actor, int bufferBytes) {
    return new RecordedStream(this, driver, number, actor, bufferBytes);
  }

  /** What was written down so far. An append without an answer is unknown. */
  public StreamHistory history() {
    List<Operation> all = new ArrayList<>(operations);
    all.addAll(begun);
    return new StreamHistory(all);
  }

  long now() {
    return clock.getAsLong();
  }

  int nextBatch() {
    return batches.incrementAndGet();
  }

  /** An append that was asked for. It ends in {@link #answered}, or it stays unknown. */
  Operation begin(int actor, int driver, Outcome.Unknown attempt) {
    Operation operation = new Operation(actor, driver, now(), Operation.NEVER, attempt);
    begun.add(operation);
    return operation;
  }

  void answered(Operation append, Outcome outcome) {
    add(append.actor(), append.driver(), append.invoked(), outcome);
    begun.remove(append);
  }

  void add(int actor, int driver, long invoked, Outcome outcome) {
    operations.add(new Operation(actor, driver, invoked, now(), outcome));
  }
}
