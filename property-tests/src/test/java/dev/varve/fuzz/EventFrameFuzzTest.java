package dev.varve.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.varve.codec.EventFrame;
import dev.varve.codec.MalformedFrame;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Event frames: one that is encoded as these very bytes, more bytes, or {@link MalformedFrame}. */
class EventFrameFuzzTest {
  private static final long CONSTANT = 16 << 10;

  static Stream<byte[]> seeds() {
    return Stream.of(
            "010002010000000102030405060700000000000100",
            "01000201000000010203040506073fbbda090100",
            "000001000000010000000000",
            "000000000000000000000000",
            "ffff01000000")
        .map(HexFormat.of()::parseHex);
  }

  @MethodSource("seeds")
  @FuzzTest
  void bytesAreAFrameOrTooFewOrAMalformedFrame(byte[] input) {
    byte[] repaired = Frames.repaired(input);
    BoundedMemory.run(
        input,
        CONSTANT,
        () -> {
          decode(input);
          decode(repaired);
        });
  }

  private static void decode(byte[] input) {
    try {
      int frame = EventFrame.decode(input, 0, input.length);
      if (frame == 0) {
        assertTrue(EventFrame.neededBytes(input, 0, input.length) > input.length);
        return;
      }
      byte[] again = new byte[frame];
      int content = frame - EventFrame.OVERHEAD_BYTES;
      int length = EventFrame.encode(input, EventFrame.KEY_OFFSET, content, again, 0);
      assertEquals(frame, length);
      assertArrayEquals(again, Arrays.copyOf(input, frame));
    } catch (MalformedFrame refused) {
      assertEquals(0, refused.offset());
    }
  }
}
