package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.codec.Crc32cCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Every kind of memory gives the bytes it holds, to the check and to the log alike. */
class PayloadTest {
  private static final int[] INTS = {0x04030201, 0x08070605};
  private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7, 8};

  private final Payload payload = new Payload();

  @Test
  void bytesOfAnArray() {
    payload.set(BYTES, 2, 4);
    assertArrayEquals(new byte[] {3, 4, 5, 6}, stored());
    assertEquals(expected(2, 4), covered());
  }

  @Test
  void bytesOfHeapMemory() {
    payload.set(MemorySegment.ofArray(BYTES), 2, 4);
    assertArrayEquals(new byte[] {3, 4, 5, 6}, stored());
    assertEquals(expected(2, 4), covered());
  }

  @Test
  void bytesOfReadOnlyMemory() {
    payload.set(MemorySegment.ofArray(BYTES).asReadOnly(), 2, 4);
    assertArrayEquals(new byte[] {3, 4, 5, 6}, stored());
    assertEquals(expected(2, 4), covered());
  }

  @Test
  void bytesOfAnArrayOfInts() {
    payload.set(MemorySegment.ofArray(INTS), 2, 4);
    assertArrayEquals(new byte[] {3, 4, 5, 6}, stored());
    assertEquals(expected(2, 4), covered());
  }

  @Test
  void bytesOfAReadOnlyArrayOfInts() {
    payload.set(MemorySegment.ofArray(INTS).asReadOnly(), 2, 4);
    assertArrayEquals(new byte[] {3, 4, 5, 6}, stored());
    assertEquals(expected(2, 4), covered());
  }

  @Test
  void changesOfAnArrayOfIntsAreSeenByTheNextAppend() {
    int[] ints = {1};
    MemorySegment memory = MemorySegment.ofArray(ints);
    payload.set(memory, 0, 4);
    ints[0] = 2;
    payload.set(memory, 0, 4);
    assertArrayEquals(new byte[] {2, 0, 0, 0}, stored());
  }

  @Test
  void bytesOfNativeMemory() {
    try (Arena arena = Arena.ofConfined()) {
      payload.set(arena.allocateFrom(ValueLayout.JAVA_BYTE, BYTES), 2, 4);
      assertArrayEquals(new byte[] {3, 4, 5, 6}, stored());
      assertEquals(expected(2, 4), covered());
    }
  }

  @Test
  void lengthsBeyondAnArrayAreMisuse() {
    assertEquals(7, Payload.checkedLength(7));
    assertThrows(IllegalArgumentException.class, () -> Payload.checkedLength(1L << 31));
  }

  private byte[] stored() {
    byte[] target = new byte[payload.length()];
    payload.copy(0, target.length, MemorySegment.ofArray(target), 0);
    return target;
  }

  private long covered() {
    Crc32cCheck check = new Crc32cCheck(new byte[16]);
    check.begin(0, 24 + payload.length(), 0, 0);
    payload.cover(check, 0, payload.length());
    return header(check);
  }

  private static long expected(int from, int length) {
    Crc32cCheck check = new Crc32cCheck(new byte[16]);
    check.begin(0, 24 + length, 0, 0);
    check.update(BYTES, from, length);
    return header(check);
  }

  private static long header(Crc32cCheck check) {
    byte[] header = new byte[24];
    check.finish(MemorySegment.ofArray(header), 0);
    return (long) FrameLayout.LONG.get(header, 8);
  }
}
