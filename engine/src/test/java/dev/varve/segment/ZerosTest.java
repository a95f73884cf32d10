package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZerosTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 4095, 4096, 4097, 8191, 12_000})
  void theLastByteThatIsNotZeroIsFoundWhereverItIs(int last) {
    byte[] bytes = new byte[12_300];
    bytes[3] = 1;
    bytes[last] = -1;
    assertEquals(Math.max(3, last) + 1, Zeros.usedLimit(bytes, 0, bytes.length));
    assertEquals(Math.max(3, last) + 1, Zeros.usedLimit(bytes, 1, last + 5));
  }

  @Test
  void bytesOutsideOfTheRangeDoNotCount() {
    byte[] bytes = new byte[9000];
    Arrays.fill(bytes, (byte) 1);
    Arrays.fill(bytes, 100, 8900, (byte) 0);
    assertEquals(100, Zeros.usedLimit(bytes, 100, 8900));
    assertEquals(100, Zeros.usedLimit(bytes, 99, 8900));
    assertEquals(8901, Zeros.usedLimit(bytes, 100, 8901));
    assertEquals(8900, Zeros.usedLimit(bytes, 8900, 8900));
  }
}
