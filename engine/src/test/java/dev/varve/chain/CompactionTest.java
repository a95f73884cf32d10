package dev.varve.chain;

import static dev.varve.chain.ChainFixture.SOON;
import static dev.varve.chain.ChainFixture.append;
import static dev.varve.chain.ChainFixture.appended;
import static dev.varve.chain.ChainFixture.event;
import static dev.varve.chain.ChainFixture.keys;
import static dev.varve.chain.ChainFixture.open;
import static dev.varve.chain.ChainFixture.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException.Corrupt;
import dev.varve.chain.InMemoryContainer.Request;
import dev.varve.chain.ScriptedContainer.Step;
import dev.varve.driver.BufferTooSmallException;
import dev.varve.driver.EventBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks of 1 KiB, so that a copy has several; events reach over their bounds. */
class CompactionTest {
  private final InMemoryContainer container = new InMemoryContainer(new BlobLimits(1024, 4));
  private final List<Long> expected = new ArrayList<>();
  private BlobChainDriver writer;
  private long end;

  @BeforeEach
  void fill() {
    writer = open(container);
    for (long key = 1; key <= 10; key++) {
      end = appended(writer.append(end, event(key, 800)));
      expected.add(key);
    }
  }

  @Test
  void everyFullLinkGetsACopyOfItsBytesAndTheLastOneNone() throws ContainerException {
    assertEquals(2, open(container).compact());
    assertArrayEquals(container.content("events.00001"), container.content("compacted.00001"));
    assertArrayEquals(container.content("events.00002"), container.content("compacted.00002"));
    assertEquals(2, container.list("compacted.", SOON).size());
    assertEquals(
        Map.of("start", "3392", "firstkey", "5", "maxkey", "8"),
        container.properties("compacted.00002", SOON).metadata());
    assertEquals(0, open(container).compact());
    assertEquals(3, container.list("events.", SOON).size());
  }

  @Test
  void chainThatGrowsIsCompactedOn() {
    writer.compact();
    for (long key = 11; key <= 14; key++) {
      end = append(writer, end, key);
    }
    assertEquals(1, writer.compact());
    assertEquals(1, container.list("compacted.00003", SOON).size());
  }

  @Test
  void readersTakeTheCopiesAndGoBackWhenTheyVanish() {
    BlobChainDriver before = open(container);
    EventBuffer buffer = new EventBuffer(900);
    assertEquals(expected, keys(before, buffer));
    writer.compact();
    assertEquals(expected, keys(before, buffer));
    BlobChainDriver after = open(container);
    byte[] link = container.content("events.00001");
    container.tamper("events.00001", new byte[link.length]);
    assertEquals(expected, keys(after, buffer), "the copy was read");
    container.tamper("events.00001", link);
    container.remove("compacted.00001");
    assertEquals(expected, keys(after, buffer), "the link was read");
  }

  @Test
  void damagedCopyIsPassedByForTheLink() {
    writer.compact();
    byte[] copy = container.content("compacted.00002");
    copy[700] ^= 1;
    container.tamper("compacted.00002", copy);
    assertEquals(expected, keys(open(container)));
    assertEquals(expected, keys(open(container), new EventBuffer(900)));
  }

  @Test
  void copyOfAnotherLengthIsNotUsed() {
    writer.compact();
    container.tamper("compacted.00001", new byte[9]);
    assertEquals(expected, keys(open(container)));
    assertThrows(Corrupt.class, () -> open(container).compact());
  }

  @Test
  void copyOfALinkThatBeganElsewhereIsNotUsed() throws ContainerException {
    writer.compact();
    container.setMetadata("compacted.00001", Map.of("start", "848"), SOON);
    container.tamper("compacted.00001", new byte[container.content("events.00001").length]);
    EventBuffer buffer = new EventBuffer(900);
    assertEquals(expected, keys(open(container), buffer));
    Corrupt corrupt = assertThrows(Corrupt.class, () -> open(container).compact());
    assertEquals("compacted.00001", corrupt.file());
  }

  @Test
  void eventBehindACopyThatShowedAMarkerIsNotPassedOver() {
    InMemoryContainer bare = new InMemoryContainer(new BlobLimits(1024, 1));
    BlobChainDriver plain = BlobChainDriver.open(bare, options().withMarkers(false));
    appended(plain.append(appended(plain.append(0, event(1, 24))), event(2, 24)));
    plain.compact();
    byte[] copy = bare.content("compacted.00001");
    Arrays.fill(copy, 4, 8, (byte) 0);
    bare.tamper("compacted.00001", copy);
    ScriptedContainer scripted = new ScriptedContainer(bare);
    Timing removing =
        new ChainFixture.Clock() {
          @Override
          public synchronized void sleep(Duration duration) throws InterruptedException {
            bare.remove("compacted.00001");
            super.sleep(duration);
          }
        };
    BlobChainDriver reader = BlobChainDriver.open(scripted, options().withTiming(removing));
    scripted.others(Step.PASS, Step.PASS, Step.LOST);
    EventBuffer small = new EventBuffer(16);
    assertThrows(BufferTooSmallException.class, () -> reader.read(0, small));
    EventBuffer enough = new EventBuffer(36);
    reader.read(0, enough);
    assertEquals(1, enough.key(0));
  }

  @Test
  void copyWithMetadataOfAnotherVersionIsNotUsed() throws ContainerException {
    writer.compact();
    container.setMetadata("compacted.00001", Map.of("start", "one"), SOON);
    container.tamper("compacted.00001", new byte[container.content("events.00001").length]);
    assertEquals(expected, keys(open(container)));
  }

  @Test
  void damagedLinkIsNotCopied() {
    byte[] link = container.content("events.00002");
    link[1700] ^= 1;
    container.tamper("events.00002", link);
    Corrupt corrupt = assertThrows(Corrupt.class, () -> open(container).compact());
    assertEquals("events.00002", corrupt.file());
    assertEquals(2 * 848, corrupt.offset());
    assertEquals(1, container.list("compacted.", SOON).size());
  }

  @Test
  void twoWhoCompactAtOnceDoNoHarm() {
    assertEquals(2, writer.compact());
    BlobContainer listedBefore =
        new HidingContainer(container, name -> name.startsWith("compacted."));
    BlobChainDriver late = open(listedBefore);
    assertEquals(0, late.compact());
    assertArrayEquals(container.content("events.00001"), container.content("compacted.00001"));
    assertEquals(expected, keys(late));
  }

  @Test
  void lostAnswersWhileCompactingDoNotMatter() {
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = open(scripted);
    Step[] steps = new Step[60];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i % 2 == 0 ? Step.ANSWER_LOST : Step.PASS;
    }
    scripted.others(steps);
    driver.compact();
    assertArrayEquals(container.content("events.00001"), container.content("compacted.00001"));
    assertArrayEquals(container.content("events.00002"), container.content("compacted.00002"));
    assertEquals(expected, keys(driver));
  }

  @Test
  void compactionInTheBackgroundFailsWhenTheDriverIsClosed() {
    assertEquals(2, writer.compactInBackground().join());
    writer.close();
    CompletionException closed =
        assertThrows(CompletionException.class, () -> writer.compactInBackground().join());
    assertInstanceOf(IllegalStateException.class, closed.getCause());
  }

  @Test
  void copiesAreLookedUpOnceForAChainOfOneLength() {
    BlobChainDriver driver = open(container);
    long before = container.requests(Request.LIST);
    keys(driver, new EventBuffer(900));
    keys(driver, new EventBuffer(900));
    assertEquals(1, container.requests(Request.LIST) - before);
  }
}
