package dev.varve.container;

import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.azure.AzureContainer;
import dev.varve.driver.Append;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.Append.Outdated;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * A process that appends to a chain against another one. It begins when both have shown themselves
 * in the chain, and expects the end that it has seen last; each event that it knows to be there is
 * a line of its output: the key and the position.
 */
final class RacingWriter {
  static final int EVENTS = 60;

  /** Keys of the first writer begin here, those of the second at twice that. */
  static final int FIRST_KEY = 1_000_000;

  /** For a test that has gone wrong. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

  private final StorageDriver driver;
  private long end;

  private RacingWriter(StorageDriver driver) {
    this.driver = driver;
  }

  /** Connection string, name of the container, first key. */
  public static void main(String[] arguments) throws InterruptedException {
    AzureContainer container = AzureContainer.ofConnectionString(arguments[0], arguments[1]);
    long first = Long.parseLong(arguments[2]);
    try (StorageDriver driver = BlobChainDriver.open(container, ChainOptions.defaults())) {
      RacingWriter writer = new RacingWriter(driver);
      writer.append(first);
      writer.awaitTheOther();
      for (int i = 1; i < EVENTS; i++) {
        writer.append(first + i);
      }
    }
  }

  private void append(long key) {
    while (true) {
      Append outcome = driver.append(end, EventBatch.of(key, new byte[8]));
      switch (outcome) {
        case Appended appended -> {
          end = appended.end();
          System.out.println(key + " " + appended.position());
          return;
        }
        case Outdated outdated -> end = outdated.end();
        case Append.Unknown unknown -> throw new IllegalStateException(unknown.toString());
      }
    }
  }

  private void awaitTheOther() throws InterruptedException {
    EventBuffer buffer = new EventBuffer(1 << 16);
    Set<Long> writers = new HashSet<>();
    long position = 0;
    while (writers.size() < 2) {
      if (!driver.awaitEnd(position, START_TIMEOUT)) {
        throw new IllegalStateException("the other writer does not come");
      }
      position = driver.read(position, buffer);
      for (int i = 0; i < buffer.count(); i++) {
        writers.add(buffer.key(i) / FIRST_KEY);
      }
    }
  }
}
