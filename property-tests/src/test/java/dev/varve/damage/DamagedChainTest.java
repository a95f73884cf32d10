package dev.varve.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.InMemoryContainer;
import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.kit.Payloads;
import dev.varve.support.Tried;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a damaged chain gives: the events as they were, or {@code Corrupt} behind the last whole one
 * (P3, P10). Each event has a check of its own and nothing says where it belongs, so whole events
 * in another place are taken: what {@code event-frame.md} and {@code blob-chain.md} list as not
 * detected.
 */
class DamagedChainTest {
  private static final List<String> LINKS = List.of("events.00001", "events.00002", "events.00003");
  private static final int BLOCKS_PER_LINK = 2;
  private static final int MARKER = 36;
  private static final int FRAME = 12;

  private final InMemoryContainer container = chain(1);
  private final List<String> whole = Read.of(container).events;

  /** A chain of two full links and one of one block; each block has a marker and two events. */
  private static InMemoryContainer chain(long seed) {
    InMemoryContainer container = empty();
    try (BlobChainDriver driver = open(container)) {
      long end = 0;
      for (int block = 0; block < 2 * BLOCKS_PER_LINK + 1; block++) {
        EventBatch batch = new EventBatch();
        for (int i = 0; i < 2; i++) {
          batch.add(2L * block + i + 1, Payloads.bytes(seed, 2L * block + i, 8 * (1 + block % 3)));
        }
        end = assertInstanceOf(Append.Appended.class, driver.append(end, batch)).end();
      }
    }
    return container;
  }

  private static InMemoryContainer empty() {
    return new InMemoryContainer(new BlobLimits(4 << 20, BLOCKS_PER_LINK));
  }

  private static BlobChainDriver open(InMemoryContainer container) {
    return BlobChainDriver.open(container, ChainOptions.defaults());
  }

  /** The events from the beginning on, as text, and how reading them ended. */
  private record Read(List<String> events, boolean corrupt) {
    static Read of(InMemoryContainer container) {
      List<String> events = new ArrayList<>();
      try (BlobChainDriver driver = open(container)) {
        EventBuffer buffer = new EventBuffer(4096);
        long position = driver.read(0, buffer);
        while (buffer.count() > 0) {
          for (int i = 0; i < buffer.count(); i++) {
            events.add(buffer.key(i) + Arrays.toString(buffer.content(i)));
          }
          position = driver.read(position, buffer);
        }
        return new Read(events, false);
      } catch (StorageException.Corrupt damage) {
        return new Read(events, true);
      }
    }
  }

  /** What is read of the chain while a link has other bytes. */
  private Read with(String link, byte[] bytes) {
    byte[] before = container.content(link);
    container.tamper(link, bytes);
    try {
      Tried.add("damaged chains", 1);
      return Read.of(container);
    } finally {
      container.tamper(link, before);
    }
  }

  /** Some of the events from the beginning on, and a word where that is not all. */
  private void assertNoticed(Read read, String how) {
    int count = Math.min(read.events.size(), whole.size());
    assertEquals(whole.subList(0, count), read.events, how);
    assertEquals(count < whole.size(), read.corrupt, how + " took events without a word");
  }

  @Test
  void everyFlippedBitIsCorruptBehindTheLastWholeEvent() {
    for (String link : LINKS) {
      byte[] bytes = container.content(link);
      for (int bit = 0; bit < 8 * bytes.length; bit++) {
        byte[] damaged = bytes.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        Read read = with(link, damaged);
        assertNoticed(read, link + " bit " + bit);
        assertTrue(read.corrupt, () -> link + " is as it was");
      }
    }
  }

  @Test
  void everyZeroedRangeIsCorruptBehindTheLastWholeEvent() {
    for (String link : LINKS) {
      byte[] bytes = container.content(link);
      for (int length : new int[] {1, 2, 8, 12, 36, bytes.length}) {
        for (int at = 0; at + length <= bytes.length; at++) {
          byte[] damaged = bytes.clone();
          Arrays.fill(damaged, at, at + length, (byte) 0);
          Read read = with(link, damaged);
          assertNoticed(read, "%s zero from %d for %d".formatted(link, at, length));
          assertEquals(!Arrays.equals(damaged, bytes), read.corrupt);
        }
      }
    }
  }

  @Test
  void linksThatAreLongerOrShorterAreCorruptUnlessTheLastIsSoByWholeEvents() {
    for (String link : LINKS) {
      byte[] bytes = container.content(link);
      for (int more = 1; more <= bytes.length; more++) {
        byte[] zeros = Arrays.copyOf(bytes, bytes.length + more);
        assertTrue(with(link, zeros).corrupt, link + " with zeros: " + more);
        byte[] old = zeros.clone();
        System.arraycopy(bytes, 0, old, bytes.length, more);
        assertPrefixOrWhole(with(link, old), link, link + " with old bytes: " + more);
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - more);
        assertPrefixOrWhole(with(link, shorter), link, link + " shorter: " + more);
      }
    }
  }

  private void assertPrefixOrWhole(Read read, String link, String how) {
    int common = Math.min(whole.size(), read.events.size());
    assertEquals(whole.subList(0, common), read.events.subList(0, common), how);
    assertTrue(read.corrupt || link.equals(LINKS.getLast()), how);
  }

  @Test
  void swappedLinksOfUnlikeLengthsAreCorrupt() {
    for (String one : LINKS) {
      for (String other : LINKS) {
        byte[] bytes = container.content(one);
        if (!one.equals(other)) {
          container.tamper(one, container.content(other));
          Read read = with(other, bytes);
          container.tamper(one, bytes);
          assertTrue(read.corrupt, one + " and " + other);
        }
      }
    }
  }

  /** Not detected: nothing in an event says where it stood. */
  @Test
  void swappedBlocksOfLikeLengthsAreEventsInAnotherOrder() {
    byte[] first = container.content(LINKS.get(0));
    byte[] second = container.content(LINKS.get(1));
    int block = MARKER + 2 * (FRAME + 8);
    byte[] damaged = first.clone();
    System.arraycopy(second, second.length - block, damaged, 0, block);
    Read read = with(LINKS.get(0), damaged);
    assertEquals(whole.subList(6, 8), read.events.subList(0, 2));
    assertEquals(whole.subList(2, whole.size()), read.events.subList(2, whole.size()));
  }

  /** Not detected: nothing in an event says which chain it is of. */
  @Test
  void aLinkOfAnotherChainIsTakenWhereItsLengthFits() {
    InMemoryContainer foreign = chain(2);
    for (String link : LINKS) {
      Read read = with(link, foreign.content(link));
      assertEquals(whole.size(), read.events.size(), link);
      assertTrue(!read.corrupt && !read.events.equals(whole), link);
    }
    for (String link : LINKS.subList(1, LINKS.size())) {
      assertTrue(with(LINKS.getFirst(), foreign.content(link)).corrupt, link);
    }
  }
}
