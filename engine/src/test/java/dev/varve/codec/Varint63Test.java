package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import dev.varve.codec.MalformedVarint.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Claims of {@link Varint63} that no test vector of the format page makes. */
class Varint63Test {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final byte UNTOUCHED = 0x55;
  private static final long[] ONE_OF_EACH_LENGTH = {
    1, 1L << 7, 1L << 14, 1L << 21, 1L << 28, 1L << 35, 1L << 42, 1L << 49, 1L << 56
  };

  @Test
  void lengthIsOneByteForEachSevenBitsStarted() {
    assertEquals(1, Varint63.length(0));
    for (int bits = 1; bits <= 63; bits++) {
      int expected = (bits + 6) / 7;
      assertEquals(expected, Varint63.length(1L << (bits - 1)));
      assertEquals(expected, Varint63.length(Long.MAX_VALUE >>> (63 - bits)));
    }
    assertEquals(Varint63.MAX_LENGTH, Varint63.length(Long.MAX_VALUE));
  }

  @Test
  void negativeValuesAreRefusedAndNothingIsWritten() {
    for (long value : new long[] {-1, -128, Integer.MIN_VALUE, Long.MIN_VALUE}) {
      byte[] dst = untouched(16);
      MemorySegment memory = MemorySegment.ofArray(dst);
      assertThrows(IllegalArgumentException.class, () -> Varint63.length(value));
      assertThrows(IllegalArgumentException.class, () -> Varint63.write(dst, 0, value));
      assertThrows(IllegalArgumentException.class, () -> Varint63.write(memory, 0, value));
      assertArrayEquals(untouched(16), dst);
    }
  }

  @Test
  void nothingIsWrittenWhereTheEncodingDoesNotFit() {
    for (long value : ONE_OF_EACH_LENGTH) {
      int length = Varint63.length(value);
      byte[] dst = untouched(12);
      MemorySegment memory = MemorySegment.ofArray(dst);
      for (int offset :
          new int[] {12 - length + 1, 12, 13, -1, -length, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        assertThrows(IndexOutOfBoundsException.class, () -> Varint63.write(dst, offset, value));
        assertThrows(IndexOutOfBoundsException.class, () -> Varint63.write(memory, offset, value));
      }
      assertThrows(
          IndexOutOfBoundsException.class, () -> Varint63.write(memory, Long.MAX_VALUE, value));
      assertArrayEquals(untouched(12), dst, () -> "value " + value);
    }
  }

  @Test
  void rangesOutsideTheSourceAreMisuseAndNotMalformed() {
    byte[] src = new byte[4];
    MemorySegment memory = MemorySegment.ofArray(src);
    int[][] ranges = {{-1, 2}, {3, 2}, {0, 5}, {5, 5}, {0, -1}, {0, Integer.MAX_VALUE}};
    for (int[] range : ranges) {
      assertThrows(IndexOutOfBoundsException.class, () -> Varint63.read(src, range[0], range[1]));
      assertThrows(
          IndexOutOfBoundsException.class, () -> Varint63.read(memory, range[0], range[1]));
    }
  }

  @Test
  void nativeMemoryHoldsTheSameBytesAsAnArray() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(12);
      for (long value : ONE_OF_EACH_LENGTH) {
        byte[] dst = new byte[12];
        int length = Varint63.write(dst, 3, value);
        memory.fill((byte) 0);
        assertEquals(length, Varint63.write(memory, 3, value));
        assertEquals(-1, memory.mismatch(MemorySegment.ofArray(dst)));
        assertEquals(value, Varint63.read(memory, 3, 3 + length));
        assertEquals(value, Varint63.read(dst, 3, 3 + length));
      }
    }
  }

  @Test
  void valuesInARowAreReadWithTheirLengthsAlone() {
    byte[] bytes = new byte[64];
    int end = 0;
    for (long value : ONE_OF_EACH_LENGTH) {
      end += Varint63.write(bytes, end, value);
    }
    int at = 0;
    for (long value : ONE_OF_EACH_LENGTH) {
      long read = Varint63.read(bytes, at, end);
      assertEquals(value, read);
      at += Varint63.length(read);
    }
    assertEquals(end, at);
  }

  @Test
  void writingAndReadingAllocateNothing() {
    byte[] bytes = new byte[16];
    MemorySegment memory = MemorySegment.ofArray(new byte[16]);
    long leastBytes = Long.MAX_VALUE;
    // The first rounds also pay for linking and compiling, in this thread.
    for (int round = 0; round < 50 && leastBytes != 0; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (long value : ONE_OF_EACH_LENGTH) {
        int end = 3 + Varint63.write(bytes, 3, value);
        assertEquals(end, 3 + Varint63.write(memory, 3, value));
        assertEquals(Varint63.read(bytes, 3, end), Varint63.read(memory, 3, end));
      }
      leastBytes = Math.min(leastBytes, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, leastBytes);
  }

  @Test
  void truncatedInputNamesItsStartAndItsLimit() {
    MalformedVarint error = malformed(5, 0x81, 0x82);
    assertEquals(Reason.TRUNCATED, error.reason());
    assertEquals(5, error.offset());
    assertEquals(
        "truncated varint63 at offset 5: expected a byte below 0x80 before limit 7,"
            + " found none in 2 bytes",
        error.getMessage());
  }

  @Test
  void overLongInputNamesItsNinthByte() {
    MalformedVarint error =
        malformed(5, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0xAB, 0x01);
    assertEquals(Reason.OVERLONG, error.reason());
    assertEquals(5, error.offset());
    assertEquals(
        "over-long varint63 at offset 5: expected at most 9 bytes,"
            + " found 0xab as the ninth, which continues",
        error.getMessage());
  }

  @Test
  void nonCanonicalInputNamesTheSuperfluousByte() {
    MalformedVarint error = malformed(5, 0x80, 0x81, 0x01);
    assertEquals(Reason.NON_CANONICAL, error.reason());
    assertEquals(5, error.offset());
    assertEquals(
        "non-canonical varint63 at offset 5: expected a most significant group above 0,"
            + " found 0x80 at offset 5",
        error.getMessage());
  }

  private static MalformedVarint malformed(int offset, int... bytes) {
    byte[] src = new byte[offset + bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      src[offset + i] = (byte) bytes[i];
    }
    return assertThrows(MalformedVarint.class, () -> Varint63.read(src, offset, src.length));
  }

  private static byte[] untouched(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, UNTOUCHED);
    return bytes;
  }
}
