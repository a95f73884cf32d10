package dev.varve.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.ContainerException;
import dev.varve.chain.azure.AzureContainer;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.history.Operation;
import dev.varve.kit.history.Outcome;
import dev.varve.kit.history.StreamHistory;
import dev.varve.kit.stream.StreamMedium;
import dev.varve.kit.stream.StreamTraits;
import dev.varve.kit.stream.StreamTraits.Drivers;
import java.util.HashMap;
import java.util.Map;

/** A chain on Azurite, and what is in it compared with what was answered. */
record AzuriteChain(AzureContainer container, ChainOptions options) implements StreamMedium {
  /** A chain that is there. */
  static AzuriteChain of(String connectionString, String name, ChainOptions options) {
    return new AzuriteChain(AzureContainer.ofConnectionString(connectionString, name), options);
  }

  /** A new chain. */
  static AzuriteChain create(String connectionString, String name, ChainOptions options) {
    AzuriteChain chain = of(connectionString, name, options);
    try {
      chain.container.createIfAbsent(Request.TIMEOUT);
    } catch (ContainerException refused) {
      throw new AssertionError(refused);
    }
    return chain;
  }

  @Override
  public StorageDriver open() {
    return BlobChainDriver.open(container, options);
  }

  @Override
  public StreamTraits traits() {
    return StreamTraits.of(Drivers.SIMULTANEOUS);
  }

  @Override
  public void close() {}

  /** Each batch that was appended is there once, one that was refused is not. */
  void assertHolds(StreamHistory history) {
    Map<Long, Integer> found = events();
    for (Operation operation : history.operations()) {
      switch (operation.outcome()) {
        case Outcome.Appended appended ->
            assertEquals(appended.events(), count(found, appended.batch()), operation::toString);
        case Outcome.Unknown unknown -> {
          int count = count(found, unknown.batch());
          assertTrue(count == 0 || count == unknown.events(), () -> count + " of " + operation);
        }
        case Outcome.Attempt refused ->
            assertEquals(0, count(found, refused.batch()), operation::toString);
        case Outcome.Read _, Outcome.End _ -> {}
      }
    }
  }

  private static int count(Map<Long, Integer> found, long batch) {
    return found.getOrDefault(batch, 0);
  }

  /** How many events of each batch there are. */
  private Map<Long, Integer> events() {
    Map<Long, Integer> found = new HashMap<>();
    EventBuffer buffer = new EventBuffer(1 << 20);
    try (StorageDriver driver = open()) {
      for (long at = 0; at < driver.end(); ) {
        at = driver.read(at, buffer);
        for (int i = 0; i < buffer.count(); i++) {
          found.merge(buffer.key(i), 1, Integer::sum);
        }
      }
    }
    return found;
  }
}
