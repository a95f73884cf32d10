package dev.varve.chain;

import static dev.varve.chain.ChainFixture.SOON;
import static dev.varve.chain.ChainFixture.append;
import static dev.varve.chain.ChainFixture.container;
import static dev.varve.chain.ChainFixture.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException.Corrupt;
import dev.varve.StorageException.UnsupportedFormat;
import dev.varve.driver.EventBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two full links of two blocks and one of one block, each with an event of 8 bytes. */
class ChainDamageTest {
  private static final int MARKED = 56;
  private static final String SECOND = "events.00002";
  private final InMemoryContainer container = container(2);
  private BlobChainDriver writer;
  private long end;

  @BeforeEach
  void fill() {
    writer = open(container);
    for (int key = 1; key <= 5; key++) {
      end = append(writer, end, key);
    }
  }

  @Test
  void everyFlippedByteOfEventsIsCorruptOrAnotherKeyButNeverPassedOver() {
    byte[] whole = container.content(SECOND);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      container.tamper(SECOND, damaged);
      Corrupt corrupt = assertThrows(Corrupt.class, () -> readAll(open(container)));
      assertEquals(SECOND, corrupt.file());
      assertEquals(2 * MARKED + corrupt.offset(), corrupt.position());
      assertTrue(corrupt.offset() <= at, corrupt.getMessage());
    }
  }

  @Test
  void eventsBeforeTheDamageAreRead() {
    byte[] damaged = container.content(SECOND);
    damaged[MARKED + 40] ^= 1;
    container.tamper(SECOND, damaged);
    BlobChainDriver driver = open(container);
    EventBuffer buffer = new EventBuffer(4096);
    long next = driver.read(0, buffer);
    assertEquals(3, buffer.count());
    Corrupt corrupt = assertThrows(Corrupt.class, () -> driver.read(next, buffer));
    assertEquals(MARKED + 36, corrupt.offset());
    assertEquals(0, buffer.count());
  }

  @Test
  void linkThatIsShorterThanItsSuccessorSaysIsCorrupt() {
    byte[] whole = container.content(SECOND);
    for (int length = 0; length < whole.length; length++) {
      container.tamper(SECOND, Arrays.copyOf(whole, length));
      Corrupt corrupt = assertThrows(Corrupt.class, () -> readAll(open(container)));
      assertEquals(SECOND, corrupt.file());
    }
  }

  @Test
  void lastLinkThatEndsWithinAnEventIsCorrupt() {
    String last = "events.00003";
    byte[] whole = container.content(last);
    for (int length = 1; length < whole.length; length++) {
      if (length != 36) {
        container.tamper(last, Arrays.copyOf(whole, length));
        BlobChainDriver driver = open(container);
        Corrupt corrupt = assertThrows(Corrupt.class, () -> readAll(driver));
        assertEquals(last, corrupt.file());
        assertEquals(4L * MARKED + corrupt.offset(), corrupt.position());
        assertThrows(Corrupt.class, driver::lastKey);
      }
    }
  }

  @Test
  void linkThatLostBytesThatWereSeenIsCorrupt() {
    container.tamper("events.00003", new byte[0]);
    assertThrows(Corrupt.class, writer::end);
    assertThrows(Corrupt.class, () -> writer.read(4 * MARKED, new EventBuffer(64)));
  }

  @Test
  void zeroesAreNoEvents() {
    container.tamper(SECOND, new byte[2 * MARKED]);
    Corrupt corrupt = assertThrows(Corrupt.class, () -> readAll(open(container)));
    assertEquals(0, corrupt.offset());
    container.tamper("events.00003", new byte[48]);
    assertThrows(Corrupt.class, open(container)::lastKey);
  }

  @Test
  void gapInTheNumbersIsCorrupt() {
    container.remove(SECOND);
    Corrupt corrupt = assertThrows(Corrupt.class, () -> open(container));
    assertEquals(SECOND, corrupt.file());
    container.remove("events.00003");
    container.remove("events.00001");
    assertEquals(0, open(container).end());
  }

  @Test
  void linksThatOverlapAreCorrupt() throws ContainerException {
    for (String start : new String[] {"0", "55", "111"}) {
      container.setMetadata(SECOND, Map.of("start", start), SOON);
      assertThrows(Corrupt.class, () -> open(container));
    }
    container.setMetadata(SECOND, Map.of("start", "112"), SOON);
    container.setMetadata("events.00001", Map.of("start", "8"), SOON);
    assertThrows(Corrupt.class, () -> open(container));
  }

  @Test
  void metadataOfAnotherVersionIsRefused() throws ContainerException {
    container.setMetadata(SECOND, Map.of("start", "one"), SOON);
    assertThrows(UnsupportedFormat.class, () -> open(container));
    container.setMetadata(SECOND, Map.of("start", "112"), SOON);
    container.setMetadata("events.00001", Map.of("start", "0", "markers", "2"), SOON);
    assertThrows(UnsupportedFormat.class, () -> open(container));
  }

  @Test
  void linkThatIsGoneIsCorrupt() {
    container.remove("events.00003");
    assertThrows(Corrupt.class, writer::end);
    container.remove(SECOND);
    assertThrows(Corrupt.class, () -> writer.read(2 * MARKED, new EventBuffer(64)));
  }

  private static void readAll(BlobChainDriver driver) {
    EventBuffer buffer = new EventBuffer(4096);
    long position = 0;
    do {
      position = driver.read(position, buffer);
    } while (buffer.count() > 0);
  }
}
