package dev.varve.kit.history;

import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.MemoryDriver;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.stream.StreamMedium;
import dev.varve.kit.stream.StreamTraits;
import dev.varve.kit.stream.StreamTraits.Drivers;
import java.time.Duration;

/** A medium whose drivers do all but one thing right. */
final class WrongDriver implements StorageDriver {
  /** What is wrong. */
  enum Fault {
    /** An outdated batch is appended all the same. */
    IGNORES_THE_CONDITION,
    /** Some acknowledged batches were never appended. */
    LOSES_APPENDS,
    /** Some batches are appended, and refused. */
    APPLIES_WHAT_IT_REFUSES,
    /** The answer to the end is the one before. */
    TELLS_AN_OLD_END,
    /** The last event is read only once there is another behind it. */
    READS_LATE,
  }

  private final Fault fault;
  private final StorageDriver right;
  private int appends;
  private long formerEnd;

  private WrongDriver(Fault fault, StorageDriver right) {
    this.fault = fault;
    this.right = right;
  }

  static StreamMedium medium(Fault fault) {
    MemoryDriver stream = new MemoryDriver();
    return new StreamMedium() {
      @Override
      public StorageDriver open() {
        return new WrongDriver(fault, stream.another());
      }

      @Override
      public StreamTraits traits() {
        return StreamTraits.of(Drivers.SIMULTANEOUS);
      }

      @Override
      public void close() {
        stream.close();
      }
    };
  }

  @Override
  public synchronized Append append(long expected, EventBatch events) {
    boolean now = ++appends % 8 == 0 && events.count() > 0 && expected == right.end();
    return switch (fault) {
      case IGNORES_THE_CONDITION -> right.append(right.end(), events);
      case LOSES_APPENDS ->
          now
              ? new Append.Appended(expected, expected + events.frameBytes())
              : right.append(expected, events);
      case APPLIES_WHAT_IT_REFUSES -> {
        Append outcome = right.append(expected, events);
        yield now ? new Append.Outdated(right.end()) : outcome;
      }
      default -> right.append(expected, events);
    };
  }

  @Override
  public synchronized long end() {
    long end = formerEnd;
    formerEnd = right.end();
    return fault == Fault.TELLS_AN_OLD_END ? end : formerEnd;
  }

  @Override
  public long read(long position, EventBuffer buffer) {
    long next = right.read(position, buffer);
    if (fault == Fault.READS_LATE && buffer.count() > 0 && next == right.end()) {
      buffer.clear();
      return position;
    }
    return next;
  }

  @Override
  public long lastKey() {
    return right.lastKey();
  }

  @Override
  public long seek(long key, long from) {
    return right.seek(key, from);
  }

  @Override
  public boolean awaitEnd(long position, Duration timeout) throws InterruptedException {
    return right.awaitEnd(position, timeout);
  }

  @Override
  public void close() {
    right.close();
  }
}
