package dev.varve.chain;

import static dev.varve.chain.ChainFixture.SOON;
import static dev.varve.chain.ChainFixture.append;
import static dev.varve.chain.ChainFixture.appended;
import static dev.varve.chain.ChainFixture.container;
import static dev.varve.chain.ChainFixture.event;
import static dev.varve.chain.ChainFixture.keys;
import static dev.varve.chain.ChainFixture.open;
import static dev.varve.chain.ChainFixture.options;
import static dev.varve.chain.ChainFixture.outdated;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException.Unavailable;
import dev.varve.chain.ScriptedContainer.Step;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobChainDriverTest {
  /** An event of 8 bytes in a block of its own, with and without a marker. */
  private static final int MARKED = 56;

  private static final int FRAME = 20;

  @Test
  void chainThatHasNotBegunIsEmptyAndStaysSoUntilTheFirstAppend() {
    InMemoryContainer container = container(2);
    BlobChainDriver driver = open(container);
    assertEquals(0, driver.end());
    assertEquals(0, driver.lastKey());
    assertEquals(0, driver.seek(7, 0));
    assertEquals(0, driver.read(0, new EventBuffer(64)));
    assertEquals(new Appended(0, 0), driver.append(0, new EventBatch()));
    outdated(0, driver.append(8, event(1, 8)));
    assertEquals(List.of(), container.list("", SOON));
  }

  @Test
  void firstAppendBeginsTheChainAndTellsHow() throws ContainerException {
    InMemoryContainer container = container(2);
    BlobChainDriver driver = open(container);
    assertEquals(new Appended(36, MARKED), driver.append(0, event(7, 8)));
    assertEquals(
        Map.of("start", "0", "markers", "1", "firstkey", "7"),
        container.properties("events.00001", SOON).metadata());
  }

  @Test
  void withoutMarkersABlockIsItsEvents() throws ContainerException {
    InMemoryContainer container = container(2);
    BlobChainDriver driver = BlobChainDriver.open(container, options().withMarkers(false));
    assertEquals(new Appended(0, FRAME), driver.append(0, event(7, 8)));
    assertEquals(
        Map.of("start", "0", "firstkey", "7"),
        container.properties("events.00001", SOON).metadata());
    assertEquals(FRAME, container.content("events.00001").length);
  }

  @Test
  void existingChainDecidesAboutMarkers() {
    InMemoryContainer container = container(9);
    BlobChainDriver early = open(container);
    append(BlobChainDriver.open(container, options().withMarkers(false)), 0, 1);
    outdated(FRAME, early.append(0, event(2, 8)));
    assertEquals(2 * FRAME, append(early, FRAME, 2));
    assertEquals(3 * FRAME, append(open(container), 2 * FRAME, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50_000})
  void readsBackWhatWasAppendedWhateverTheLinksHold(int blocks) {
    InMemoryContainer container = container(blocks);
    BlobChainDriver driver = open(container);
    List<Long> expected = new ArrayList<>();
    long end = 0;
    for (long key = 1; key <= 20; key += 2) {
      EventBatch batch = event(key, 8).add(key + 1, new byte[16]);
      end = appended(driver.append(end, batch));
      expected.add(key);
      expected.add(key + 1);
      assertEquals(key + 1, driver.lastKey());
    }
    for (int capacity : new int[] {28, 29, 64, 100, 1 << 16}) {
      assertEquals(expected, keys(driver, new EventBuffer(capacity)));
      assertEquals(expected, keys(open(container), new EventBuffer(capacity)));
    }
    assertEquals(20, open(container).lastKey());
    assertEquals(end, open(container).end());
  }

  @Test
  void staleAppendIsRefusedWithoutARequest() {
    InMemoryContainer container = container(9);
    BlobChainDriver driver = open(container);
    append(driver, append(driver, 0, 1), 2);
    long before = container.requests();
    outdated(2 * MARKED, driver.append(MARKED, event(3, 8)));
    outdated(2 * MARKED, driver.append(0, event(3, 8)));
    assertEquals(before, container.requests());
  }

  @Test
  void appendAheadOfWhatIsKnownAsksFirst() {
    InMemoryContainer container = container(9);
    BlobChainDriver behind = open(container);
    append(open(container), 0, 1);
    assertEquals(2 * MARKED, append(behind, MARKED, 2));
    outdated(2 * MARKED, behind.append(3 * MARKED, event(3, 8)));
  }

  @Test
  void collidingAppendIsRefusedWithTheCurrentEnd() {
    InMemoryContainer container = container(9);
    BlobChainDriver loser = open(container);
    append(open(container), 0, 1);
    outdated(MARKED, loser.append(0, event(1, 8)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void staleAppendNeverLandsInAnEmptyLink(int blocks) throws ContainerException {
    InMemoryContainer container = container(blocks);
    BlobChainDriver stale = open(container);
    append(stale, 0, 1);
    BlobChainDriver other = open(container);
    long end = MARKED;
    for (int key = 2; key <= blocks; key++) {
      end = append(other, end, key);
    }
    // The roller has created the next link and died before its append.
    container.create("events.00002", Map.of("start", Long.toString(end)), SOON);
    if (blocks > 1) {
      outdated(end, stale.append(MARKED, event(9, 8)));
    }
    assertEquals(0, container.content("events.00002").length);
    assertEquals(end + MARKED, append(stale, end, 9));
    assertEquals(blocks + 1, keys(open(container)).size());
  }

  @Test
  void rollIsDecidedByTheServiceAndEachLinkTellsItsStart() throws ContainerException {
    InMemoryContainer container = container(2);
    BlobChainDriver driver = open(container);
    long end = 0;
    for (int key = 1; key <= 5; key++) {
      end = append(driver, end, key);
    }
    assertEquals(
        Map.of("start", "224", "firstkey", "5"),
        container.properties("events.00003", SOON).metadata());
    assertEquals(
        Map.of("start", "112", "firstkey", "3", "maxkey", "4"),
        container.properties("events.00002", SOON).metadata());
  }

  @Test
  void twoWhoRollAtOnceMeetInOneLink() {
    InMemoryContainer container = container(1);
    BlobChainDriver first = open(container);
    BlobChainDriver second = open(container);
    append(first, 0, 1);
    assertEquals(MARKED, second.end());
    append(first, MARKED, 2);
    outdated(2 * MARKED, second.append(MARKED, event(3, 8)));
    assertEquals(3 * MARKED, append(second, 2 * MARKED, 3));
    assertEquals(List.of(1L, 2L, 3L), keys(first));
  }

  @Test
  void batchAboveWhatTheContainerTakesIsRefused() {
    BlobChainDriver driver = open(new InMemoryContainer(new BlobLimits(1024, 2)));
    assertThrows(IllegalArgumentException.class, () -> driver.append(0, event(1, 984)));
    assertEquals(1024, appended(driver.append(0, event(1, 976))));
  }

  @Test
  void awaitEndReturnsWhenTheChainGrowsAndWhenTheTimeIsOver() throws InterruptedException {
    InMemoryContainer container = container(9);
    BlobChainDriver driver = open(container);
    assertFalse(driver.awaitEnd(0, Duration.ofSeconds(5)));
    assertFalse(driver.awaitEnd(0, Duration.ZERO));
    append(open(container), 0, 1);
    assertTrue(driver.awaitEnd(0, Duration.ZERO));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> driver.awaitEnd(MARKED, Duration.ofDays(9)));
  }

  @Test
  void awaitEndHoldsItsTimeWhenTheServiceFallsSilent() throws InterruptedException {
    ChainFixture.Clock clock = new ChainFixture.Clock();
    ScriptedContainer scripted = new ScriptedContainer(container(9));
    BlobChainDriver driver = BlobChainDriver.open(scripted, options().withTiming(clock));
    append(driver, 0, 1);
    scripted.others(Step.PASS);
    scripted.others(Collections.nCopies(100_000, Step.LOST).toArray(new Step[0]));
    long before = clock.nanoTime();
    assertFalse(driver.awaitEnd(MARKED, Duration.ofSeconds(7)));
    long seconds = (clock.nanoTime() - before) / 1_000_000_000;
    assertTrue(seconds <= 7, seconds + " s");
    assertThrows(Unavailable.class, () -> driver.awaitEnd(MARKED, Duration.ofSeconds(7)));
  }

  @Test
  void closedDriverRefusesEverything() {
    BlobChainDriver driver = open(container(9));
    driver.close();
    driver.close();
    assertThrows(IllegalStateException.class, driver::end);
    assertThrows(IllegalStateException.class, driver::lastKey);
    assertThrows(IllegalStateException.class, () -> driver.append(0, event(1, 8)));
    assertThrows(IllegalStateException.class, () -> driver.append(0, new EventBatch()));
    assertThrows(IllegalStateException.class, () -> driver.read(0, new EventBuffer(16)));
    assertThrows(IllegalStateException.class, () -> driver.seek(1, 0));
    assertThrows(IllegalStateException.class, () -> driver.awaitEnd(0, Duration.ZERO));
  }
}
