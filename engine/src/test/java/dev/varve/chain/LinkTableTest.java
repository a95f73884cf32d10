package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinkTableTest {
  @Test
  void chainWithoutLinksHoldsNoPosition() {
    assertEquals(0, LinkTable.EMPTY.count());
    assertEquals(0, LinkTable.EMPTY.find(0));
  }

  @Test
  void positionBelongsToTheLastLinkThatBeginsThereOrBefore() {
    LinkTable links = LinkTable.of(0, 10, 30);
    assertEquals(1, links.find(0));
    assertEquals(1, links.find(9));
    assertEquals(2, links.find(10));
    assertEquals(2, links.find(29));
    assertEquals(3, links.find(30));
    assertEquals(3, links.find(Long.MAX_VALUE));
  }

  @Test
  void growsWithoutChangingTheFormerTable() {
    LinkTable one = LinkTable.EMPTY.plus(0);
    LinkTable two = one.plus(7);
    LinkTable four = two.plus(8, 10);
    assertEquals(1, one.count());
    assertEquals(2, two.count());
    assertEquals(7, two.start(2));
    assertEquals(4, four.count());
    assertEquals(10, four.start(4));
  }

  @Test
  void startsAscendFromZero() {
    assertThrows(IllegalArgumentException.class, () -> LinkTable.of(1));
    assertThrows(IllegalArgumentException.class, () -> LinkTable.of(0, 5, 5));
    assertThrows(IllegalArgumentException.class, () -> LinkTable.of(0).plus(0));
    assertThrows(IllegalArgumentException.class, () -> LinkTable.of(0).plus(4, 4));
  }

  @Test
  void findsWhatALinearSearchFinds() {
    SplittableRandom random = new SplittableRandom(7);
    for (int chain = 0; chain < 100; chain++) {
      long[] starts = new long[1 + random.nextInt(50)];
      for (int i = 1; i < starts.length; i++) {
        starts[i] = starts[i - 1] + 1 + random.nextInt(5);
      }
      LinkTable links = LinkTable.of(starts);
      for (long position = 0; position < starts[starts.length - 1] + 3; position++) {
        int expected = 0;
        while (expected < starts.length && starts[expected] <= position) {
          expected++;
        }
        assertEquals(expected, links.find(position));
      }
    }
  }

  @Test
  void namesHaveFiveDigitsAndThenMore() {
    assertEquals("events.00001", LinkNames.link(1));
    assertEquals("events.123456", LinkNames.link(123_456));
    assertEquals("compacted.00012", LinkNames.copy(12));
    assertEquals(OptionalInt.of(123_456), number("events.123456"));
    assertEquals(OptionalInt.of(99_999), number("events.99999"));
    for (String other :
        new String[] {
          "events.",
          "events.1",
          "events.00000",
          "events.000001",
          "events.00001x",
          "events.backup",
          "events.9999999999",
          "events.-0001",
          "ev"
        }) {
      assertEquals(OptionalInt.empty(), number(other), other);
    }
  }

  private static OptionalInt number(String name) {
    return LinkNames.number(LinkNames.LINKS, name);
  }
}
