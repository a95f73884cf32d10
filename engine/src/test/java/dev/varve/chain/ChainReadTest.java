package dev.varve.chain;

import static dev.varve.chain.ChainFixture.SOON;
import static dev.varve.chain.ChainFixture.append;
import static dev.varve.chain.ChainFixture.appended;
import static dev.varve.chain.ChainFixture.container;
import static dev.varve.chain.ChainFixture.event;
import static dev.varve.chain.ChainFixture.keys;
import static dev.varve.chain.ChainFixture.open;
import static dev.varve.chain.ChainFixture.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.codec.EventFrame;
import dev.varve.driver.BufferTooSmallException;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChainReadTest {
  /** An event of 8 bytes in a block of its own, with and without a marker. */
  private static final int MARKED = 56;

  private static final int FRAME = 20;

  @Test
  void eventsComeWithTheirPositionsKeysAndContents() {
    BlobChainDriver driver = open(container(1));
    long end = appended(driver.append(0, event(5, 16).add(6, new byte[0])));
    appended(driver.append(end, event(7, 24)));
    EventBuffer buffer = new EventBuffer(4096);
    assertEquals(driver.end(), driver.read(0, buffer));
    assertEquals(3, buffer.count());
    assertEquals(36, buffer.position(0));
    assertEquals(64, buffer.position(1));
    assertEquals(end + 36, buffer.position(2));
    assertArrayEquals(content(7, 24), buffer.content(2));
    assertEquals(6, buffer.key(1));
    assertEquals(0, buffer.contentBytes(1));
    assertEquals(driver.end(), driver.read(64, buffer));
    assertEquals(2, buffer.count());
  }

  private static byte[] content(long key, int length) {
    EventBatch batch = event(key, length);
    byte[] content = new byte[length];
    System.arraycopy(batch.array(), 4, content, 0, length);
    return content;
  }

  @Test
  void tailingAtTheBlockLimitLooksForTheNextLink() {
    InMemoryContainer container = container(2);
    BlobChainDriver writer = open(container);
    BlobChainDriver reader = open(container);
    EventBuffer buffer = new EventBuffer(4096);
    long end = append(writer, append(writer, 0, 1), 2);
    assertEquals(end, reader.read(0, buffer));
    assertEquals(end, reader.read(end, buffer));
    assertEquals(0, buffer.count());
    append(writer, end, 3);
    assertEquals(3 * MARKED, reader.read(end, buffer));
    assertEquals(3, buffer.key(0));
  }

  @Test
  void bufferThatIsTooSmallSaysWhatIsNeededWithoutTheMarker() {
    BlobChainDriver driver = open(container(9));
    appended(driver.append(0, event(1, 80)));
    for (int capacity : new int[] {16, 36, 91}) {
      EventBuffer small = new EventBuffer(capacity);
      BufferTooSmallException refused =
          assertThrows(BufferTooSmallException.class, () -> driver.read(0, small));
      assertEquals(92, refused.neededBytes());
    }
    EventBuffer enough = new EventBuffer(92);
    assertEquals(128, driver.read(0, enough));
    assertEquals(1, enough.key(0));
  }

  @Test
  void positionThatNoEventHasIsTheCallersFault() {
    BlobChainDriver driver = open(container(1));
    appended(driver.append(appended(driver.append(0, event(1, 800))), event(2, 64)));
    EventBuffer buffer = new EventBuffer(4096);
    for (long position : new long[] {-1, 1, 37, 40, 845, 925, driver.end() + 1}) {
      assertThrows(
          IllegalArgumentException.class, () -> driver.read(position, buffer), "at " + position);
    }
  }

  @Test
  void appendOfAsMuchAsABlockHoldsGoesThrough() {
    BlobChainDriver driver = open(container(1));
    EventBatch batch = new EventBatch();
    int largest = 524_280;
    for (int i = 0; i < 7; i++) {
      batch.add(i + 1, new byte[largest]);
    }
    batch.add(8, new byte[(EventBatch.MAX_BYTES - batch.frameBytes() - 12) / 8 * 8]);
    long end = appended(driver.append(0, batch));
    assertEquals(8, keys(driver, new EventBuffer(1 << 20)).size());
    assertEquals(8, keys(driver, new EventBuffer(8 << 20)).size());
    assertEquals(8, driver.lastKey());
    assertEquals(36L + batch.frameBytes(), end);
  }

  @Test
  void largeReadGoesOutInParallelSlices() {
    InMemoryContainer container = container(3);
    BlobChainDriver driver =
        BlobChainDriver.open(container, options().withSliceBytes(100).withParallelism(3));
    long end = 0;
    for (long key = 1; key <= 30; key++) {
      end = appended(driver.append(end, event(key, (int) key * 8)));
    }
    long before = container.requests(InMemoryContainer.Request.READ);
    EventBuffer buffer = new EventBuffer(1 << 16);
    assertEquals(end, driver.read(0, buffer));
    assertEquals(30, buffer.count());
    long reads = container.requests(InMemoryContainer.Request.READ) - before;
    assertTrue(reads >= end / 100, () -> reads + " reads");
  }

  @Test
  void foreignChainIsReadAndContinuedWithoutMarkers() throws ContainerException {
    InMemoryContainer container = container(2);
    for (int link = 1; link <= 3; link++) {
      String name = "events.%05d".formatted(link);
      container.create(name, Map.of(), SOON);
      for (int block = 0; block < (link < 3 ? 2 : 1); block++) {
        byte[] frame = new byte[FRAME];
        EventBatch batch = event(10L * link + block, 8);
        EventFrame.encode(batch.array(), 0, 8, frame, 0);
        container.append(name, (long) block * FRAME, ByteBuffer.wrap(frame), SOON);
      }
    }
    BlobChainDriver driver = open(container);
    assertEquals(5 * FRAME, driver.end());
    assertEquals(List.of(10L, 11L, 20L, 21L, 30L), keys(driver));
    assertEquals(6 * FRAME, append(driver, 5 * FRAME, 40));
    assertEquals(7 * FRAME, append(driver, 6 * FRAME, 50));
    assertEquals(
        Map.of("start", "120", "firstkey", "50"),
        container.properties("events.00004", SOON).metadata());
    assertEquals(List.of(10L, 11L, 20L, 21L, 30L, 40L, 50L), keys(open(container)));
  }
}
