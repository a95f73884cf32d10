package dev.varve.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.azure.AzureContainer;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import dev.varve.support.Azurite;
import dev.varve.support.ChildJvm;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two processes append to one chain on Azurite. */
class AzuriteRaceTest {
  @Test
  void twoProcessesLoseNothingAndAppendNothingTwice() throws Exception {
    Azurite azurite = Azurite.shared();
    String name = azurite.freshName();
    String account = azurite.connectionString();
    AzureContainer container = AzureContainer.ofConnectionString(account, name);
    container.createIfAbsent(Request.TIMEOUT);
    Map<Long, Long> acknowledged = new TreeMap<>();
    try (ChildJvm first = writer(account, name, 1);
        ChildJvm second = writer(account, name, 2)) {
      for (int i = 0; i < RacingWriter.EVENTS; i++) {
        acknowledge(first, acknowledged);
        acknowledge(second, acknowledged);
      }
    }
    assertEquals(2 * RacingWriter.EVENTS, acknowledged.size());
    assertEquals(acknowledged, events(container));
  }

  private static ChildJvm writer(String account, String name, int number) {
    return ChildJvm.start(
        RacingWriter.class, account, name, String.valueOf(number * RacingWriter.FIRST_KEY));
  }

  private static void acknowledge(ChildJvm writer, Map<Long, Long> acknowledged) {
    String[] keyAndPosition = writer.line().split(" ", 2);
    acknowledged.put(Long.valueOf(keyAndPosition[0]), Long.valueOf(keyAndPosition[1]));
  }

  /** The key of each event in the chain, and the event's position. */
  private static Map<Long, Long> events(AzureContainer container) {
    Map<Long, Long> found = new TreeMap<>();
    try (StorageDriver driver = BlobChainDriver.open(container, ChainOptions.defaults())) {
      EventBuffer buffer = new EventBuffer(1 << 20);
      driver.read(0, buffer);
      for (int i = 0; i < buffer.count(); i++) {
        assertNull(found.put(buffer.key(i), buffer.position(i)), "there is one of each key");
      }
    }
    return found;
  }
}
