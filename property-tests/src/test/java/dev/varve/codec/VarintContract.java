package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.codec.MalformedVarint.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds for each of our variable-length integers, whatever the order of its groups. */
abstract class VarintContract {
  private static final int MARGIN = 64;

  abstract int length(long value);

  abstract int write(byte[] dst, int offset, long value);

  abstract int write(MemorySegment dst, long offset, long value);

  abstract long read(byte[] src, int offset, int limit);

  abstract long read(MemorySegment src, long offset, long limit);

  /** What reading gave: a value, or the reason why not; exactly one of them says something. */
  private record Outcome(long value, String malformed) {}

  @Property
  void arrayGivesBackWhatWasWrittenAndNoOtherByteChanges(
      @ForAll("values") long value,
      @ForAll @IntRange(max = MARGIN) int offset,
      @ForAll byte background) {
    byte[] bytes = filled(2 * MARGIN, background);
    int length = write(bytes, offset, value);
    assertEquals(length(value), length);
    assertEquals(value, read(bytes, offset, offset + length));
    assertEquals(value, read(bytes, offset, bytes.length));
    Arrays.fill(bytes, offset, offset + length, background);
    assertArrayEquals(filled(2 * MARGIN, background), bytes);
  }

  @Property
  void memoryGivesBackWhatWasWrittenAndNoOtherByteChanges(
      @ForAll("values") long value,
      @ForAll @IntRange(max = MARGIN) int offset,
      @ForAll byte background) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(2 * MARGIN).fill(background);
      int length = write(memory, offset, value);
      assertEquals(length(value), length);
      assertEquals(value, read(memory, offset, offset + length));
      assertEquals(value, read(memory, offset, memory.byteSize()));
      memory.asSlice(offset, length).fill(background);
      assertEquals(-1, memory.mismatch(MemorySegment.ofArray(filled(2 * MARGIN, background))));
    }
  }

  @Property(tries = 20_000)
  void anyBytesAreTheOneEncodingOfAValueOrMalformed(@ForAll("hostile") byte[] bytes) {
    Outcome outcome = outcome(bytes, 0, bytes.length);
    if (outcome.malformed().isEmpty()) {
      byte[] again = encoded(outcome.value());
      assertArrayEquals(Arrays.copyOf(bytes, again.length), again);
    }
  }

  @Property(tries = 20_000)
  void arrayAndMemoryAgreeOnAnyBytes(
      @ForAll("hostile") byte[] bytes, @ForAll @IntRange(max = MARGIN) int offset) {
    byte[] moved = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, moved, offset, bytes.length);
    MemorySegment memory = MemorySegment.ofArray(moved);
    assertEquals(outcome(moved, offset, moved.length), outcome(memory, offset, memory.byteSize()));
  }

  @Property(tries = 20_000)
  void bytesBeyondTheLimitMakeNoDifference(
      @ForAll("hostile") byte[] bytes, @ForAll("hostile") byte[] beyond) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + beyond.length);
    System.arraycopy(beyond, 0, longer, bytes.length, beyond.length);
    Outcome expected = outcome(bytes, 0, bytes.length);
    assertEquals(expected, outcome(longer, 0, bytes.length));
    assertEquals(expected, outcome(MemorySegment.ofArray(longer), 0, bytes.length));
  }

  @Property
  void everyProperPrefixOfAnEncodingIsTruncated(
      @ForAll("values") long value, @ForAll @IntRange(max = MARGIN) int offset) {
    byte[] bytes = new byte[offset + length(value)];
    write(bytes, offset, value);
    for (int limit = offset; limit < bytes.length; limit++) {
      assertEquals(Reason.TRUNCATED.name(), outcome(bytes, offset, limit).malformed());
    }
  }

  @Property(tries = 20_000)
  void truncatedInputBecomesValidWithOneMoreByteAndOtherFaultsStay(
      @ForAll("hostile") byte[] bytes, @ForAll byte next) {
    Outcome outcome = outcome(bytes, 0, bytes.length);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    if (outcome.malformed().equals(Reason.TRUNCATED.name())) {
      longer[bytes.length] = 1;
      assertEquals("", outcome(longer, 0, longer.length).malformed());
    } else {
      longer[bytes.length] = next;
      assertEquals(outcome, outcome(longer, 0, longer.length));
    }
  }

  @Property
  void differentValuesHaveEncodingsOfWhichNoneStartsAnother(
      @ForAll("values") long one, @ForAll("values") long other) {
    if (one != other) {
      byte[] a = encoded(one);
      byte[] b = encoded(other);
      int shared = Math.min(a.length, b.length);
      assertNotEquals(-1, Arrays.mismatch(a, 0, shared, b, 0, shared));
    }
  }

  @Property
  void negativeValuesAreRefused(@ForAll("values") long value) {
    byte[] bytes = new byte[16];
    MemorySegment memory = MemorySegment.ofArray(bytes);
    for (Runnable refused :
        new Runnable[] {
          () -> length(~value), () -> write(bytes, 0, ~value), () -> write(memory, 0, ~value)
        }) {
      assertThrows(IllegalArgumentException.class, refused::run);
    }
    assertArrayEquals(new byte[16], bytes);
  }

  /** Every number of significant bits is equally likely, its least and greatest value often. */
  @Provide
  Arbitrary<Long> values() {
    return Arbitraries.integers()
        .between(0, 63)
        .flatMap(
            bits -> {
              long greatest = Long.MAX_VALUE >>> (63 - bits);
              long least = bits == 0 ? 0 : (greatest >>> 1) + 1;
              return Arbitraries.longs().between(least, greatest);
            });
  }

  /** Mostly bytes that continue, zero groups among them, so that faults come late as well. */
  @Provide
  Arbitrary<byte[]> hostile() {
    Arbitrary<Byte> continues = Arbitraries.bytes().between((byte) 0x80, (byte) 0xFF);
    Arbitrary<Byte> zeroGroup = Arbitraries.of((byte) 0x80, (byte) 0x00);
    return Arbitraries.frequencyOf(
            Tuple.of(6, continues), Tuple.of(1, zeroGroup), Tuple.of(1, Arbitraries.bytes()))
        .array(byte[].class)
        .ofMaxSize(12);
  }

  final byte[] encoded(long value) {
    byte[] bytes = new byte[length(value)];
    write(bytes, 0, value);
    return bytes;
  }

  private Outcome outcome(byte[] src, int offset, int limit) {
    try {
      return new Outcome(read(src, offset, limit), "");
    } catch (MalformedVarint e) {
      assertEquals(offset, e.offset());
      return new Outcome(-1, e.reason().name());
    }
  }

  private Outcome outcome(MemorySegment src, long offset, long limit) {
    try {
      return new Outcome(read(src, offset, limit), "");
    } catch (MalformedVarint e) {
      assertEquals(offset, e.offset());
      return new Outcome(-1, e.reason().name());
    }
  }

  private static byte[] filled(int size, byte value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, value);
    return bytes;
  }
}
