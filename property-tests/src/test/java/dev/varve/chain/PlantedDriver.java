package dev.varve.chain;

import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import java.time.Duration;

/** A driver that does what the one inside does; a bug changes one thing. */
class PlantedDriver implements StorageDriver {
  private final StorageDriver right;

  PlantedDriver(StorageDriver right) {
    this.right = right;
  }

  @Override
  public long end() {
    return right.end();
  }

  @Override
  public Append append(long expectedPosition, EventBatch events) {
    return right.append(expectedPosition, events);
  }

  @Override
  public final long read(long position, EventBuffer buffer) {
    return right.read(position, buffer);
  }

  @Override
  public final long lastKey() {
    return right.lastKey();
  }

  @Override
  public final long seek(long key, long from) {
    return right.seek(key, from);
  }

  @Override
  public final boolean awaitEnd(long position, Duration timeout) throws InterruptedException {
    return right.awaitEnd(position, timeout);
  }

  @Override
  public final void close() {
    right.close();
  }
}
