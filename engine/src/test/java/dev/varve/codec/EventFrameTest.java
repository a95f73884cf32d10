package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFrameTest {
  private static final int KEY = 0xCAFE_BABE;

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 16, 8192, 524_272, 524_280})
  void whatIsFramedIsRead(int contentBytes) {
    byte[] source = event(KEY, contentBytes);
    byte[] target = new byte[5 + EventFrame.MAX_BYTES];
    int frame = EventFrame.encode(source, 3, contentBytes, target, 5);
    assertEquals(12 + contentBytes, frame);
    assertEquals(frame, EventFrame.frameBytes(contentBytes));
    assertEquals(frame, EventFrame.neededBytes(target, 5, 5 + frame));
    assertEquals(frame, EventFrame.decode(target, 5, 5 + frame));
    assertEquals(Integer.toUnsignedLong(KEY), EventFrame.key(target, 5));
    assertEquals(
        BitwiseChecksum.of(KEY, source, 7, 7 + contentBytes),
        ByteBuffer.wrap(target)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt(5 + EventFrame.CONTENT_OFFSET + contentBytes));
    int content = 5 + EventFrame.CONTENT_OFFSET;
    assertArrayEquals(
        Arrays.copyOfRange(source, 7, 7 + contentBytes),
        Arrays.copyOfRange(target, content, content + contentBytes));
  }

  @Test
  void nothingOutsideOfTheFrameIsTouched() {
    byte[] target = new byte[40];
    Arrays.fill(target, (byte) 0x55);
    int frame = EventFrame.encode(event(KEY, 8), 3, 8, target, 10);
    for (int at = 0; at < target.length; at++) {
      assertTrue((at >= 10 && at < 10 + frame) || target[at] == 0x55, "byte " + at);
    }
  }

  @Test
  void theLargestFrameIsTheOneOfTheLargestContent() {
    assertEquals(524_280, EventFrame.MAX_CONTENT_BYTES);
    assertEquals(524_292, EventFrame.MAX_BYTES);
    assertEquals(EventFrame.MAX_BYTES, EventFrame.frameBytes(EventFrame.MAX_CONTENT_BYTES));
  }

  @Test
  void onlyMultiplesOfEightUpToTheLargestAreAllowed() {
    for (long allowed : new long[] {0, 8, 16, 524_272, 524_280}) {
      assertTrue(EventFrame.allows(allowed), "" + allowed);
    }
    for (long refused : new long[] {-8, -1, 1, 4, 7, 9, 524_281, 524_288, 1L << 32}) {
      assertFalse(EventFrame.allows(refused), "" + refused);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-8, -1, 1, 7, 12, 524_281, 524_288})
  void otherLengthsAreRefusedBeforeTheFirstStore(int contentBytes) {
    byte[] target = new byte[EventFrame.MAX_BYTES];
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> EventFrame.encode(new byte[600_000], 0, contentBytes, target, 0));
    assertEquals(
        "the content of an event is a multiple of 8 bytes, at most 524280, not " + contentBytes,
        refused.getMessage());
    assertArrayEquals(new byte[EventFrame.MAX_BYTES], target);
  }

  @Test
  void twelveZeroBytesAreNotWritten() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> EventFrame.encode(new byte[4], 0, 0, new byte[12], 0));
    assertEquals("an event of key 0 has content", refused.getMessage());
  }

  @Test
  void arraysThatAreTooShortAreRefusedBeforeTheFirstStore() {
    byte[] target = new byte[20];
    assertThrows(
        IndexOutOfBoundsException.class, () -> EventFrame.encode(event(KEY, 8), 4, 8, target, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> EventFrame.encode(event(KEY, 8), -1, 8, target, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> EventFrame.encode(event(KEY, 8), 3, 8, target, 1));
    assertThrows(
        IndexOutOfBoundsException.class, () -> EventFrame.encode(event(KEY, 8), 3, 8, target, -1));
    assertArrayEquals(new byte[20], target);
  }

  @Test
  void aFrameIsCutShortAtEveryByteBeforeItsLast() {
    byte[] frame = frame(KEY, 16);
    for (int limit = 0; limit < frame.length; limit++) {
      assertEquals(0, EventFrame.decode(frame, 0, limit), "limit " + limit);
      assertEquals(limit < 2 ? 2 : 28, EventFrame.neededBytes(frame, 0, limit));
    }
    assertEquals(28, EventFrame.decode(frame, 0, frame.length));
  }

  @Test
  void whatIsBehindTheLimitIsNotLookedAt() {
    byte[] frame = frame(KEY, 0);
    byte[] twice = Arrays.copyOf(frame, 24);
    twice[12] = -1;
    assertEquals(12, EventFrame.decode(twice, 0, 24));
    assertEquals(0, EventFrame.decode(twice, 0, 11));
    assertEquals(2, EventFrame.neededBytes(twice, 12, 13));
  }

  @Test
  void limitsOutsideOfTheArrayAreRefused() {
    assertThrows(IndexOutOfBoundsException.class, () -> EventFrame.decode(frame(KEY, 0), 0, 13));
    assertThrows(IndexOutOfBoundsException.class, () -> EventFrame.decode(frame(KEY, 0), 3, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> EventFrame.decode(frame(KEY, 0), -1, 12));
  }

  @Test
  void sizesThatDifferAreMalformed() {
    byte[] frame = frame(KEY, 8);
    frame[18] ^= 2;
    assertMalformed(frame, "a closing size of 1", "3");
  }

  @Test
  void aChecksumThatDiffersIsMalformed() {
    byte[] frame = frame(1, 0);
    frame[6] = 3;
    assertMalformed(frame, "checksum 0x00000001", "0x00000003");
  }

  @Test
  void twelveZeroBytesAreMalformed() {
    assertMalformed(new byte[12], "an event", "twelve zero bytes");
    assertMalformed(new byte[13], "an event", "twelve zero bytes");
  }

  @Test
  void contentOfKeyZeroIsAFrame() {
    byte[] frame = frame(0, 8);
    assertEquals(20, EventFrame.decode(frame, 0, 20));
    assertEquals(0, EventFrame.key(frame, 0));
  }

  /** The page says what cannot be detected; this holds it to that. */
  @Test
  void theSameBitsFlippedInKeyAndFirstWordPass() {
    byte[] frame = frame(KEY, 8);
    frame[EventFrame.KEY_OFFSET + 1] ^= 0x40;
    frame[EventFrame.CONTENT_OFFSET + 1] ^= 0x40;
    assertEquals(20, EventFrame.decode(frame, 0, 20));
    byte[] empty = frame(KEY, 0);
    empty[EventFrame.KEY_OFFSET] ^= 1;
    empty[EventFrame.CONTENT_OFFSET] ^= 1;
    assertEquals(12, EventFrame.decode(empty, 0, 12));
  }

  private static void assertMalformed(byte[] frame, String expected, String found) {
    byte[] shifted = new byte[7 + frame.length];
    System.arraycopy(frame, 0, shifted, 7, frame.length);
    MalformedFrame malformed =
        assertThrows(MalformedFrame.class, () -> EventFrame.decode(shifted, 7, shifted.length));
    assertEquals(7, malformed.offset());
    assertEquals(expected, malformed.expected());
    assertEquals(found, malformed.found());
    assertEquals(
        "no event frame at offset 7: expected %s, found %s".formatted(expected, found),
        malformed.getMessage());
  }

  private static byte[] frame(int key, int contentBytes) {
    byte[] frame = new byte[EventFrame.frameBytes(contentBytes)];
    assertEquals(
        frame.length, EventFrame.encode(event(key, contentBytes), 3, contentBytes, frame, 0));
    return frame;
  }

  /** Key and content from offset 3 on. */
  private static byte[] event(int key, int contentBytes) {
    byte[] source = new byte[3 + Integer.BYTES + contentBytes];
    new Random(contentBytes).nextBytes(source);
    ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN).putInt(3, key);
    return source;
  }
}
