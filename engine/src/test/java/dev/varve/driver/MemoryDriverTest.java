package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.codec.EventFrame;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What only this driver promises; the contract has tests of its own. */
class MemoryDriverTest {
  private final MemoryDriver driver = new MemoryDriver();

  private long append(long key, int contentBytes) {
    byte[] content = new byte[contentBytes];
    Arrays.fill(content, (byte) key);
    long end = driver.end();
    Append outcome = driver.append(end, EventBatch.of(key, content));
    assertEquals(
        new Append.Appended(end, end + EventFrame.frameBytes(contentBytes)), outcome, "outcome");
    return end;
  }

  @Test
  void positionsAreBytesOfFramedEvents() {
    assertEquals(0, append(1, 0));
    assertEquals(12, append(2, 8));
    assertEquals(32, append(3, EventFrame.MAX_CONTENT_BYTES));
    assertEquals(32 + EventFrame.MAX_BYTES, driver.end());
  }

  @Test
  void eventsThatCrossChunksAreReadWhole() {
    EventBuffer buffer = new EventBuffer(1 << 20);
    for (int i = 1; i <= 200; i++) {
      append(i, 8 * (i * 37 % 500));
    }
    long position = 0;
    for (int i = 1; i <= 200; ) {
      position = driver.read(position, buffer);
      for (int event = 0; event < buffer.count(); event++, i++) {
        byte[] content = new byte[8 * (i * 37 % 500)];
        Arrays.fill(content, (byte) i);
        assertEquals(i, buffer.key(event));
        assertArrayEquals(content, buffer.content(event));
      }
    }
    assertEquals(driver.end(), position);
  }

  @Test
  void seekIsExactForKeysInAnyOrder() {
    long[] keys = {7, 3, 0xFFFF_FFFFL, 5, 7, 1};
    long[] positions = new long[keys.length + 1];
    for (int i = 0; i < keys.length; i++) {
      positions[i] = append(keys[i], 16);
    }
    positions[keys.length] = driver.end();
    for (int from = 0; from < keys.length; from++) {
      for (long key : new long[] {0, 1, 2, 3, 4, 6, 7, 8, 0xFFFF_FFFFL}) {
        int first = from;
        while (first < keys.length && keys[first] < key) {
          first++;
        }
        assertEquals(positions[first], driver.seek(key, positions[from]));
      }
    }
  }

  @Test
  void driversOfOneStreamAreClosedEachOnItsOwn() {
    MemoryDriver other = driver.another();
    append(4, 8);
    driver.close();
    assertEquals(4, other.lastKey());
    assertEquals(4, driver.another().lastKey());
    assertThrows(IllegalStateException.class, driver::lastKey);
  }

  @Test
  void aPositionWithoutAnEventIsNamedTogetherWithTheEnd() {
    append(1, 24);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> driver.read(35, new EventBuffer(100)));
    assertEquals(
        "no event begins at position 35 of a stream that ends at 36", refusal.getMessage());
  }
}
