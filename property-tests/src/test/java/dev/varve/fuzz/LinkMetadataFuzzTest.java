package dev.varve.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.varve.chain.ContainerException;
import dev.varve.chain.InMemoryContainer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The metadata of links, as far as the service takes it: the input is text, a line of {@code link
 * name value} for each entry.
 */
class LinkMetadataFuzzTest {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final List<String> NAMES = List.of("start", "markers", "firstkey", "maxkey");

  static Stream<byte[]> seeds() {
    return Stream.of(
            "1 start 0\n1 markers 1\n2 start 192\n3 start 1000",
            "1 start 1\n1 markers 2\n1 firstkey 0\n1 maxkey 4294967296",
            "2 start -1\n2 maxkey +7\n3 start 9223372036854775808")
        .map(text -> text.getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyMetadataIsAChainOrATypedFailure(byte[] input) {
    InMemoryContainer container = Chains.whole();
    Map<String, Map<String, String>> metadata = new LinkedHashMap<>();
    new String(input, StandardCharsets.US_ASCII).lines().forEach(line -> add(metadata, line));
    try {
      for (Map.Entry<String, Map<String, String>> link : metadata.entrySet()) {
        container.setMetadata(link.getKey(), link.getValue(), SOON);
      }
    } catch (ContainerException refused) {
      return;
    }
    Chains.check(input, container);
  }

  private static void add(Map<String, Map<String, String>> metadata, String line) {
    String[] words = line.split(" ", 3);
    if (words.length == 3 && NAMES.contains(words[1]) && words[0].matches("[123]")) {
      String link = Chains.LINKS.get(Integer.parseInt(words[0]) - 1);
      metadata.computeIfAbsent(link, missing -> new LinkedHashMap<>()).put(words[1], words[2]);
    }
  }
}
