package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class Crc32RegisterTest {
  @Test
  void everyRegisterIsReached() {
    Random random = new Random(20_260_101);
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      assertHolds(1 << bit);
      assertHolds(~(1 << bit));
    }
    for (int i = 0; i < 10_000; i++) {
      assertHolds(random.nextInt());
    }
    assertHolds(0);
  }

  @Test
  void allOnesAreTheOrdinaryStart() {
    assertHolds(-1);
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    CRC32 ordinary = new CRC32();
    ordinary.update(digits);
    CRC32 started = Crc32Register.startingFrom(-1);
    started.update(digits);
    assertEquals(0xCBF43926L, started.getValue());
    assertEquals(ordinary.getValue(), started.getValue());
  }

  @Test
  void whatFollowsIsCoveredAsBitByBit() {
    Random random = new Random(1);
    for (int length = 0; length < 300; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      int start = random.nextInt();
      CRC32 crc = Crc32Register.startingFrom(start);
      crc.update(bytes);
      assertEquals(BitwiseChecksum.of(start, bytes, 0, length), register(crc));
    }
  }

  private static void assertHolds(int register) {
    assertEquals(register, register(Crc32Register.startingFrom(register)));
  }

  /** The JDK inverts the register when it is asked. */
  private static int register(CRC32 crc) {
    return ~(int) crc.getValue();
  }
}
