package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.ScratchFolder;
import dev.varve.segment.SegmentLog;
import dev.varve.support.TestLogs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeyIndexTest {
  private static final int RECORD_BYTES = 36;

  private final ScratchFolder scratch = ScratchFolder.quick();
  private final SegmentLog log =
      SegmentLog.open(scratch.path().resolve("log"), TestLogs.tinyUnsynced());
  private final List<Long> keys = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();

  @AfterEach
  void removeFolder() {
    log.close();
    scratch.close();
  }

  private void append(long key) {
    byte[] record =
        ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt((int) key).array();
    keys.add(key);
    positions.add(log.append(record));
  }

  private KeyIndex index(long stretchBytes, int capacity) {
    return new KeyIndex(log, "folder", stretchBytes, capacity);
  }

  /** The first event from {@code from} on whose key is large enough, else the end. */
  private long exact(long key, long from) {
    for (int i = 0; i < keys.size(); i++) {
      if (positions.get(i) >= from && keys.get(i) >= key) {
        return positions.get(i);
      }
    }
    return log.end();
  }

  private long seek(KeyIndex index, long key, long from) {
    long found = index.seek(key, from, log.end());
    assertTrue(found >= from && found <= exact(key, from), () -> found + " for " + key);
    return found;
  }

  @Test
  void stretchesOfOneEventAnswerExactly() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      append(1 + random.nextInt(50));
    }
    KeyIndex index = index(1, 1 << 10);
    for (long from : positions) {
      for (long key = 0; key < 52; key += 3) {
        assertEquals(exact(key, from), seek(index, key, from));
      }
    }
  }

  @Test
  void answersDoNotDependOnWhatWasAskedBefore() {
    Random random = new Random(6);
    for (int i = 0; i < 100; i++) {
      append(1 + random.nextInt(50));
    }
    KeyIndex used = index(3L * RECORD_BYTES, 1 << 10);
    for (int i = 0; i < 100; i++) {
      long key = random.nextInt(52);
      long from = positions.get(random.nextInt(100));
      long fresh = seek(index(3L * RECORD_BYTES, 1 << 10), key, from);
      assertEquals(fresh, seek(used, key, from));
    }
  }

  @Test
  void keysThatDescendAreFoundBehindLargerOnes() {
    for (long key = 100; key > 0; key--) {
      append(key);
    }
    KeyIndex index = index(1, 1 << 10);
    assertEquals(log.end(), seek(index, 60, positions.get(41)));
    assertEquals(positions.get(40), seek(index, 60, positions.get(40)));
    assertEquals(0, seek(index, 60, 0));
    append(70);
    assertEquals(positions.getLast(), seek(index, 60, positions.get(41)));
  }

  @Test
  void theIndexGrowsWithTheLog() {
    KeyIndex index = index(4L * RECORD_BYTES, 1 << 10);
    assertEquals(0, seek(index, 1, 0));
    for (long key = 1; key <= 300; key++) {
      append(key);
      assertEquals(log.end(), seek(index, key + 1, 0));
      long found = seek(index, key, 0);
      assertTrue(exact(key, 0) - found < 8L * RECORD_BYTES, "answers stay near");
    }
  }

  @Test
  void aFullIndexBecomesCoarserAndStaysRight() {
    Random random = new Random(8);
    for (int capacity = 2; capacity < 8; capacity++) {
      KeyIndex index = index(RECORD_BYTES, capacity);
      for (int i = 0; i < 100; i++) {
        append(1 + random.nextInt(1000));
        long from = positions.get(random.nextInt(positions.size()));
        for (int asked = 0; asked < 10; asked++) {
          long ignored = seek(index, random.nextInt(1100), from);
        }
      }
      assertEquals(log.end(), seek(index, 1001, 0));
    }
  }

  @Test
  void theLimitIsNotPassed() {
    for (long key = 1; key <= 50; key++) {
      append(key);
    }
    KeyIndex index = index(1, 1 << 10);
    long limit = positions.get(30);
    assertEquals(limit, index.seek(40, 0, limit));
    assertEquals(positions.get(39), index.seek(40, 0, log.end()));
  }
}
