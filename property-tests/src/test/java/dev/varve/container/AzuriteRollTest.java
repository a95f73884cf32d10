package dev.varve.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.BlobProperties;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.ContainerException;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.Append.Outdated;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import dev.varve.support.Azurite;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A chain that fills a blob with its 50,000 blocks on Azurite and goes on, which takes minutes. */
@Tag("long")
class AzuriteRollTest {
  private static final int BLOCKS = BlobLimits.AZURE.blocks();
  private static final Duration SOON = Duration.ofSeconds(30);

  private static long append(StorageDriver driver, long end, long key) {
    return assertInstanceOf(Appended.class, driver.append(end, EventBatch.of(key, new byte[8])))
        .end();
  }

  @Test
  void chainGoesOnInTheNextBlobAndRefusesWhoHasNotSeenIt() throws ContainerException {
    BlobContainer container = Azurite.shared().freshContainer();
    try (BlobChainDriver driver = BlobChainDriver.open(container, ChainOptions.defaults());
        BlobChainDriver stale = BlobChainDriver.open(container, ChainOptions.defaults())) {
      long end = 0;
      for (int key = 1; key <= BLOCKS; key++) {
        end = append(driver, end, key);
      }
      assertEquals(end, stale.end());
      long rolled = append(driver, end, BLOCKS + 1);
      assertEquals(new Outdated(rolled), stale.append(end, EventBatch.of(9, new byte[8])));
      append(stale, rolled, BLOCKS + 2);
      BlobProperties first = container.properties("events.00001", SOON);
      assertEquals(BLOCKS, first.blocks());
      assertEquals(end, first.length());
      assertEquals(2, container.list("events.", SOON).size());
      requireAllKeys(stale);
    }
  }

  private static void requireAllKeys(StorageDriver driver) {
    EventBuffer buffer = new EventBuffer(1 << 20);
    long next = 1;
    for (long at = driver.read(0, buffer); buffer.count() > 0; at = driver.read(at, buffer)) {
      for (int i = 0; i < buffer.count(); i++) {
        assertEquals(next++, buffer.key(i));
      }
    }
    assertEquals(BLOCKS + 2, next - 1);
  }
}
