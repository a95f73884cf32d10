package dev.varve.kit.history;

import dev.varve.StorageException;
import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import java.time.Duration;

/** A driver that only fails. */
final class FailingDriver implements StorageDriver {
  private final StorageException failure;

  FailingDriver(StorageException failure) {
    this.failure = failure;
  }

  @Override
  public long end() {
    throw failure;
  }

  @Override
  public Append append(long expectedPosition, EventBatch events) {
    throw failure;
  }

  @Override
  public long read(long position, EventBuffer buffer) {
    throw failure;
  }

  @Override
  public long lastKey() {
    throw failure;
  }

  @Override
  public long seek(long key, long from) {
    throw failure;
  }

  @Override
  public boolean awaitEnd(long position, Duration timeout) {
    throw failure;
  }

  @Override
  public void close() {}
}
