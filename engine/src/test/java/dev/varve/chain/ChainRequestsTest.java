package dev.varve.chain;

import static dev.varve.chain.ChainFixture.SOON;
import static dev.varve.chain.ChainFixture.append;
import static dev.varve.chain.ChainFixture.appended;
import static dev.varve.chain.ChainFixture.container;
import static dev.varve.chain.ChainFixture.event;
import static dev.varve.chain.ChainFixture.keys;
import static dev.varve.chain.ChainFixture.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.chain.InMemoryContainer.Request;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many requests an operation takes. */
class ChainRequestsTest {
  private static final int MARKED = 56;
  private static final int MILLION = 1_000_000;
  private static final byte[] CONTENT = new byte[8];

  @Test
  void openingAThousandLinksListsOnceAndTouchesNone() {
    InMemoryContainer container = chain(1000);
    long before = container.requests();
    open(container);
    assertEquals(1, container.requests() - before);
    assertEquals(1000, container.requests(Request.CREATE));
  }

  @Test
  void endAsksForTheLastLinkAndForItsSuccessorWhenThatIsFull() {
    InMemoryContainer container = chain(1000);
    BlobChainDriver driver = open(container);
    assertEquals(2, requests(container, driver::end));
    container = container(2);
    BlobChainDriver half = open(container);
    append(half, 0, 1);
    assertEquals(1, requests(container, half::end));
  }

  @Test
  void endOfAChainThatWentFarAheadListsOnce() {
    InMemoryContainer container = chain(1);
    BlobChainDriver driver = open(container);
    BlobChainDriver writer = open(container);
    long end = writer.end();
    for (int i = 0; i < 500; i++) {
      end = append(writer, end, i + 2);
    }
    assertEquals(5, requests(container, driver::end));
    assertEquals(end, driver.end());
  }

  @Test
  void lastKeyTakesOneReadMoreThanTheEndOrTwoForLargeEvents() {
    InMemoryContainer container = container(9);
    BlobChainDriver driver = open(container);
    long end = append(driver, 0, 1);
    assertEquals(2, requests(container, driver::lastKey));
    appended(driver.append(end, event(2, 524_280)));
    assertEquals(3, requests(container, driver::lastKey));
  }

  @Test
  void appendIsOneRequestOnceTheLinkHasItsFirst() {
    InMemoryContainer container = container(9);
    BlobChainDriver driver = open(container);
    // Creation, append, and the first key's metadata, which is read and written.
    assertEquals(4, requests(container, () -> append(driver, 0, 1)));
    assertEquals(1, requests(container, () -> append(driver, MARKED, 2)));
    assertEquals(1, requests(container, () -> append(driver, 2 * MARKED, 3)));
  }

  @Test
  void aMillionAppendsTakeAsManyRequestsAndTwoHundredOthersAtMost() {
    InMemoryContainer container = new InMemoryContainer(BlobLimits.AZURE);
    BlobChainDriver driver = open(container);
    EventBatch batch = new EventBatch();
    long end = 0;
    for (int key = 1; key <= MILLION; key++) {
      end = appended(driver.append(end, batch.clear().add(key, CONTENT)));
    }
    int links = MILLION / BlobLimits.AZURE.blocks();
    assertEquals(links, container.requests(Request.CREATE));
    long refused = links - 1L;
    assertEquals(MILLION + refused, container.requests(Request.APPEND));
    long others = container.requests() - container.requests(Request.APPEND);
    assertTrue(others < 200, () -> others + " others");
  }

  @Test
  void readThatFitsASliceIsOneRequest() {
    InMemoryContainer container = container(9);
    BlobChainDriver driver = open(container);
    append(driver, append(driver, 0, 1), 2);
    EventBuffer buffer = new EventBuffer(4096);
    assertEquals(1, requests(container, () -> driver.read(0, buffer)));
    assertEquals(1, requests(container, () -> driver.read(2 * MARKED, buffer)), "at the end");
  }

  @Test
  void linkThatTheListingPassedOverIsAskedFor() throws ContainerException {
    InMemoryContainer container = chain(3);
    BlobContainer racing = new HidingContainer(container, "events.00002"::equals);
    assertEquals(3, keys(open(racing)).size());
    container.create("events.00004.backup", Map.of(), SOON);
    assertEquals(3, keys(open(container)).size());
  }

  /** A chain of so many links of one event each. */
  private static InMemoryContainer chain(int links) {
    InMemoryContainer container = container(1);
    BlobChainDriver driver = open(container);
    long end = 0;
    for (int key = 1; key <= links; key++) {
      end = append(driver, end, key);
    }
    return container;
  }

  private static long requests(InMemoryContainer container, Runnable operation) {
    long before = container.requests();
    operation.run();
    return container.requests() - before;
  }
}
