package dev.varve.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.varve.codec.Leb128;
import dev.varve.codec.MalformedVarint;
import dev.varve.codec.Varint63;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Both varints: a value that is encoded as these very bytes, or {@link MalformedVarint}. */
class VarintFuzzTest {
  private static final long CONSTANT = 16 << 10;

  static Stream<byte[]> seeds() {
    return Stream.of("00", "7f", "8001", "ffffffffffffffff7f", "ffffffffffffffffff", "8000", "80")
        .map(HexFormat.of()::parseHex);
  }

  @MethodSource("seeds")
  @FuzzTest
  void bytesAreAValueOrAMalformedVarint(byte[] input) {
    BoundedMemory.run(
        input,
        CONSTANT,
        () -> {
          leb128(input);
          varint63(input);
        });
  }

  private static void leb128(byte[] input) {
    try {
      long value = Leb128.read(input, 0, input.length);
      assertEquals(value, Leb128.read(MemorySegment.ofArray(input), 0, input.length));
      byte[] again = new byte[Leb128.MAX_LENGTH];
      int length = Leb128.write(again, 0, value);
      assertSame(input, again, length, value);
    } catch (MalformedVarint refused) {
      assertTrue(refused.offset() == 0, refused::toString);
    }
  }

  private static void varint63(byte[] input) {
    try {
      long value = Varint63.read(input, 0, input.length);
      assertEquals(value, Varint63.read(MemorySegment.ofArray(input), 0, input.length));
      byte[] again = new byte[Varint63.MAX_LENGTH];
      int length = Varint63.write(again, 0, value);
      assertSame(input, again, length, value);
    } catch (MalformedVarint refused) {
      assertTrue(refused.offset() == 0, refused::toString);
    }
  }

  private static void assertSame(byte[] input, byte[] again, int length, long value) {
    assertTrue(value >= 0, () -> "a negative value: " + value);
    assertArrayEquals(Arrays.copyOf(again, length), Arrays.copyOf(input, length));
  }
}
