package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class Crc32RegisterTest {
  private final Random random = new Random(20_260_101);

  @Test
  void everyStartIsCoveredAsBitByBitWithFewAndWithManyBytes() {
    for (int length : new int[] {8, 256}) {
      byte[] bytes = bytes(length);
      for (int bit = 0; bit < Integer.SIZE; bit++) {
        assertAgrees(1 << bit, bytes, 0, length);
        assertAgrees(~(1 << bit), bytes, 0, length);
      }
      for (int i = 0; i < 2_000; i++) {
        assertAgrees(random.nextInt(), bytes, 0, length);
      }
      assertAgrees(0, bytes, 0, length);
    }
  }

  @Test
  void everyLengthIsCoveredAsBitByBitAtAnyPlace() {
    for (int length = 0; length < 400; length += 8) {
      int from = random.nextInt(9);
      assertAgrees(random.nextInt(), bytes(from + length + 3), from, length);
    }
  }

  @Test
  void nothingChangesNothing() {
    assertEquals(0x1234_5678, Crc32Register.after(0x1234_5678, new byte[3], 1, 0));
  }

  @Test
  void allOnesAreTheOrdinaryStart() {
    for (String text : new String[] {"12345678", "0123456789abcdef".repeat(20)}) {
      byte[] digits = text.getBytes(StandardCharsets.US_ASCII);
      CRC32 ordinary = new CRC32();
      ordinary.update(digits);
      assertEquals(
          ordinary.getValue(),
          Integer.toUnsignedLong(~Crc32Register.after(-1, digits, 0, digits.length)));
    }
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void assertAgrees(int register, byte[] bytes, int from, int count) {
    assertEquals(
        BitwiseChecksum.of(register, bytes, from, from + count),
        Crc32Register.after(register, bytes, from, count));
  }
}
