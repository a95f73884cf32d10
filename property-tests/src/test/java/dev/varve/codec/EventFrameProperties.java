package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Frames come back as they went in, damage is found, and no bytes do anything unforeseen (P10). */
class EventFrameProperties {
  private static final int KEY_BITS = 8 * EventFrame.KEY_OFFSET;

  @Property
  void framesInARowAreReadBackInBothDirections(
      @ForAll("contents") byte[] one, @ForAll("contents") byte[] other, @ForAll int key) {
    int lengths = one.length + other.length;
    byte[] stream = new byte[lengths + 2 * EventFrame.OVERHEAD_BYTES];
    int first = write(key | 1, one, stream, 0);
    int second = write(key | 2, other, stream, first);
    assertEquals(first, EventFrame.decode(stream, 0, stream.length));
    assertEquals(second, EventFrame.decode(stream, first, stream.length));
    assertEquals(Integer.toUnsignedLong(key | 1), EventFrame.key(stream, 0));
    assertEquals(Integer.toUnsignedLong(key | 2), EventFrame.key(stream, first));
    assertArrayEquals(one, content(stream, 0, first));
    assertArrayEquals(other, content(stream, first, second));
    int closing = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).getShort(first - 2);
    assertEquals(first, EventFrame.frameBytes(8 * Short.toUnsignedInt((short) closing)));
  }

  @Property(tries = 60)
  void everyFlippedBitIsFound(@ForAll("contents") byte[] content, @ForAll int key) {
    byte[] frame = frame(key | 1, content);
    for (int bit = 0; bit < 8 * frame.length; bit++) {
      flip(frame, bit);
      assertFound(frame, bit);
      flip(frame, bit);
    }
    assertEquals(frame.length, EventFrame.decode(frame, 0, frame.length));
  }

  /** Only a first size that has become larger can look like a frame that is cut short. */
  private static void assertFound(byte[] frame, int bit) {
    try {
      assertEquals(0, EventFrame.decode(frame, 0, frame.length), () -> "bit " + bit);
      assertTrue(bit < KEY_BITS, () -> "bit " + bit + " looks cut short");
      assertTrue(EventFrame.neededBytes(frame, 0, frame.length) > frame.length);
    } catch (MalformedFrame found) {
      assertEquals(0, found.offset());
    }
  }

  @Property
  void everyRunOfUpTo32FlippedBitsFromKeyToChecksumIsFound(
      @ForAll("contents") byte[] content,
      @ForAll int key,
      @ForAll @IntRange(min = 0) int place,
      @ForAll int pattern) {
    byte[] frame = frame(key | 1, content);
    int bits = 8 * (frame.length - 2 * Short.BYTES) - Integer.SIZE;
    int from = KEY_BITS + place % (bits + 1);
    int flipped = pattern == 0 ? 1 : pattern;
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      if ((flipped >>> bit & 1) != 0) {
        flip(frame, from + bit);
      }
    }
    assertThrows(MalformedFrame.class, () -> EventFrame.decode(frame, 0, frame.length));
  }

  @Property
  void theSameBitsFlippedInKeyAndFirstWordAreNot(
      @ForAll("contents") byte[] content, @ForAll int key, @ForAll int pattern) {
    byte[] frame = frame(key | 1, content);
    ByteBuffer words = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int flipped = (key | 1) == pattern ? 0 : pattern;
    for (int at : new int[] {EventFrame.KEY_OFFSET, EventFrame.CONTENT_OFFSET}) {
      words.putInt(at, words.getInt(at) ^ flipped);
    }
    assertEquals(frame.length, EventFrame.decode(frame, 0, frame.length));
  }

  @Property
  void anyBytesAreAFrameOrNoneOrMalformed(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll("sizes") int size, @ForAll boolean shaped) {
    if (shaped && bytes.length >= 2) {
      bytes[0] = (byte) size;
      bytes[1] = 0;
    }
    for (int at = 0; at <= bytes.length; at++) {
      assertSpeaksPlainly(bytes, at);
    }
  }

  private static void assertSpeaksPlainly(byte[] bytes, int at) {
    int needed = EventFrame.neededBytes(bytes, at, bytes.length);
    int there = bytes.length - at;
    try {
      int frame = EventFrame.decode(bytes, at, bytes.length);
      assertEquals(needed <= there ? needed : 0, frame);
      if (frame > 0) {
        byte[] again = frame((int) EventFrame.key(bytes, at), content(bytes, at, frame));
        assertArrayEquals(Arrays.copyOfRange(bytes, at, at + frame), again);
      }
    } catch (MalformedFrame malformed) {
      assertTrue(needed <= there, "what is not all there is not judged");
      assertEquals(at, malformed.offset());
    }
  }

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.integers().between(0, 36);
  }

  /** Mostly short, some of zeros, now and then of any length. */
  @Provide
  Arbitrary<byte[]> contents() {
    Arbitrary<Integer> words =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.integers().between(0, 20)),
            Tuple.of(1, Arbitraries.integers().between(0, 400)));
    return words
        .flatMap(
            count ->
                Arbitraries.longs()
                    .map(
                        seed -> {
                          byte[] content = new byte[8 * count];
                          if (seed % 4 != 0) {
                            new Random(seed).nextBytes(content);
                          }
                          return content;
                        }))
        .withoutEdgeCases();
  }

  private static void flip(byte[] bytes, int bit) {
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
  }

  private static byte[] content(byte[] stream, int at, int frame) {
    return Arrays.copyOfRange(stream, at + EventFrame.CONTENT_OFFSET, at + frame - 6);
  }

  private static byte[] frame(int key, byte[] content) {
    byte[] frame = new byte[EventFrame.frameBytes(content.length)];
    assertEquals(frame.length, write(key, content, frame, 0));
    return frame;
  }

  private static int write(int key, byte[] content, byte[] stream, int at) {
    byte[] event = new byte[Integer.BYTES + content.length];
    ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN).putInt(key).put(content);
    return EventFrame.encode(event, 0, content.length, stream, at);
  }
}
