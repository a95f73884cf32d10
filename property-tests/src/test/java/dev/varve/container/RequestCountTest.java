package dev.varve.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.InMemoryContainer;
import dev.varve.chain.InMemoryContainer.Request;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.EventBatch;
import dev.varve.driver.StorageDriver;
import org.junit.jupiter.api.Test;

/** What one writer asks of the service: the figures of the README, on shorter links. */
class RequestCountTest {
  private static final int BLOCKS = 50;
  private static final int LINKS = 20;

  @Test
  void anAppendIsOneRequestAndARollAFewMore() {
    InMemoryContainer container =
        new InMemoryContainer(new BlobLimits(BlobLimits.AZURE.appendBytes(), BLOCKS));
    try (StorageDriver driver = BlobChainDriver.open(container, ChainOptions.defaults())) {
      long end = 0;
      for (int i = 1; i <= LINKS * BLOCKS; i++) {
        end =
            assertInstanceOf(Appended.class, driver.append(end, EventBatch.of(i, new byte[8])))
                .end();
      }
    }
    long appends = container.requests(Request.APPEND);
    assertEquals(LINKS * BLOCKS + LINKS - 1, appends);
    assertTrue(container.requests() - appends < 10 * LINKS, () -> "in all " + container.requests());
  }
}
