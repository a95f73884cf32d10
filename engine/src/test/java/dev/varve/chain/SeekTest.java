package dev.varve.chain;

import static dev.varve.chain.ChainFixture.append;
import static dev.varve.chain.ChainFixture.container;
import static dev.varve.chain.ChainFixture.keys;
import static dev.varve.chain.ChainFixture.open;
import static dev.varve.chain.ChainFixture.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.EventBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeekTest {
  private static final int MARKED = 56;

  @Test
  void chainThatWasReadIsPassedOverUpToTheFirstLargeKey() {
    InMemoryContainer container = container(2);
    BlobChainDriver driver = open(container);
    long end = 0;
    for (int key = 1; key <= 6; key++) {
      end = append(driver, end, key);
    }
    assertEquals(4 * MARKED, driver.seek(5, 0));
    assertEquals(4 * MARKED, open(container).seek(5, 0), "told by metadata");
    assertEquals(end, driver.seek(7, 0));
    assertEquals(end, driver.seek(1, end));
    assertEquals(MARKED, driver.seek(1, MARKED));
    assertEquals(0, driver.seek(0, 0));
  }

  @Test
  void descendingKeyIsNotMissed() {
    InMemoryContainer container = container(1);
    BlobChainDriver driver = open(container);
    long end = 0;
    for (int key : new int[] {1, 9, 2, 3, 4}) {
      end = append(driver, end, key);
    }
    assertEquals(MARKED, driver.seek(5, 0));
    assertEquals(end, driver.seek(5, 2 * MARKED));
    assertEquals(3 * MARKED, driver.seek(3, 2 * MARKED));
  }

  @Test
  void seekIsNeverLateForKeysInAnyOrder() {
    SplittableRandom random = new SplittableRandom(11);
    for (int chain = 0; chain < 50; chain++) {
      InMemoryContainer container = container(1 + random.nextInt(3));
      BlobChainDriver[] drivers = {open(container), open(container)};
      Map<Long, Integer> keys = new HashMap<>();
      long end = 0;
      for (int i = 0; i < 12; i++) {
        BlobChainDriver driver = drivers[random.nextInt(2)];
        int key = 1 + random.nextInt(20);
        keys.put(end, key);
        end = append(driver, driver.end(), key);
        if (random.nextInt(4) == 0) {
          driver.read(MARKED * random.nextLong(1 + end / MARKED), new EventBuffer(200));
        }
        if (random.nextInt(9) == 0) {
          driver.compact();
        }
      }
      checkNeverLate(drivers[0], keys, end);
      checkNeverLate(open(container), keys, end);
    }
  }

  private static void checkNeverLate(BlobChainDriver driver, Map<Long, Integer> keys, long end) {
    for (long from = 0; from <= end; from += MARKED) {
      for (int key = 0; key <= 21; key++) {
        long first = from;
        while (first < end && keys.getOrDefault(first, 0) < key) {
          first += MARKED;
        }
        long found = driver.seek(key, from);
        assertTrue(from <= found && found <= first, "key " + key + " from " + from);
      }
    }
  }

  @Test
  void promiseOfAscendingKeysLetsFirstKeysTellOfAllBefore() throws ContainerException {
    InMemoryContainer container = container(2);
    BlobChainDriver writer = open(container);
    long end = 0;
    for (int key : new int[] {1, 3, 5, 5, 5, 7, 9}) {
      end = append(writer, end, key);
    }
    for (int link = 1; link <= 4; link++) {
      container.setMetadata(
          LinkNames.link(link),
          LinkMetadata.created(2L * MARKED * (link - 1), link == 1),
          Duration.ofSeconds(1));
    }
    assertEquals(0, open(container).seek(9, 0));
    BlobChainDriver driver = BlobChainDriver.open(container, options().withAscendingKeys(true));
    assertEquals(0, driver.seek(5, 0));
    assertEquals(4 * MARKED, driver.seek(6, 0));
    assertEquals(6 * MARKED, driver.seek(9, 0), "what was read for its first key is known whole");
    assertEquals(driver.end(), driver.seek(10, 0));
    assertEquals(end, driver.seek(10, end));
    assertEquals(5 * MARKED, driver.seek(2, 5 * MARKED));
    assertEquals(7, keys(driver).size());
  }

  @Test
  void keyAndPositionOutOfRangeAreRefused() {
    BlobChainDriver driver = open(container(2));
    assertThrows(IllegalArgumentException.class, () -> driver.seek(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> driver.seek(1L << 32, 0));
    assertThrows(IllegalArgumentException.class, () -> driver.seek(1, -1));
    assertThrows(IllegalArgumentException.class, () -> driver.seek(1, 8));
    append(driver, 0, 1);
    assertThrows(IllegalArgumentException.class, () -> driver.seek(1, 8), "inside of an event");
    assertEquals(36, driver.seek(1, 36));
  }
}
