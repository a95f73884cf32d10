package dev.varve.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.varve.chain.InMemoryContainer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The links of a chain: the input is {@code u8 flags | u16 length | bytes} for each; the flag of a
 * link says whether its frames are given checksums that hold.
 */
class ChainLinksFuzzTest {

  static Stream<byte[]> seeds() {
    InMemoryContainer whole = Chains.whole();
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    for (String link : Chains.LINKS) {
      byte[] bytes = whole.content(link);
      input.write(0);
      input.write(bytes.length);
      input.write(bytes.length >> 8);
      input.writeBytes(bytes);
    }
    byte[] repaired = input.toByteArray();
    repaired[0] = 1;
    return Stream.of(input.toByteArray(), repaired);
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyLinksAreEventsOrATypedFailure(byte[] input) {
    InMemoryContainer container = Chains.whole();
    int at = 0;
    for (String link : Chains.LINKS) {
      if (at + 3 <= input.length) {
        int length = (input[at + 1] & 0xFF) | (input[at + 2] & 0xFF) << 8;
        int limit = Math.min(input.length, at + 3 + length);
        byte[] bytes = Arrays.copyOfRange(input, at + 3, limit);
        container.tamper(link, (input[at] & 1) == 1 ? Frames.repaired(bytes) : bytes);
        at = limit;
      }
    }
    Chains.check(input, container);
  }
}
