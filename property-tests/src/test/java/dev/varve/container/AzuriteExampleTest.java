package dev.varve.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.ContainerException;
import dev.varve.chain.azure.AzureContainer;
import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.StorageDriver;
import dev.varve.support.Azurite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's example of Azure does what it says on Azurite, and is there to the letter. */
class AzuriteExampleTest {
  private static final Path ROOT = Path.of(System.getProperty("varve.root", ".."));
  private static final Path SOURCE =
      Path.of("property-tests/src/test/java/dev/varve/container/AzuriteExampleTest.java");

  private final List<String> said = new ArrayList<>();

  private void example(String connectionString) throws ContainerException {
    // The README's example begins.
    AzureContainer container = AzureContainer.ofConnectionString(connectionString, "sediment");
    container.createIfAbsent(Duration.ofSeconds(30)); // or somebody else has made it
    try (StorageDriver stream = BlobChainDriver.open(container, ChainOptions.defaults())) {
      EventBatch events = EventBatch.of(7, "pebbles.".getBytes(UTF_8));
      switch (stream.append(stream.end(), events)) {
        case Append.Appended appended -> say("event 7 is at " + appended.position());
        case Append.Outdated outdated -> say("somebody was faster, up to " + outdated.end());
        case Append.Unknown unknown -> say("read from the end to know: " + unknown.cause());
      }
    }
    // The README's example ends.
  }

  private void say(String text) {
    said.add(text);
  }

  @Test
  void theExampleAppendsToAzurite() throws ContainerException {
    example(Azurite.shared().connectionString());
    assertEquals(List.of("event 7 is at 36"), said);
  }

  @Test
  void theReadmeShowsTheExampleToTheLetter() throws IOException {
    List<String> source = Files.readAllLines(ROOT.resolve(SOURCE));
    List<String> readme = Files.readAllLines(ROOT.resolve("README.md"));
    List<String> tested =
        between(source, "// The README's example begins.", "// The README's example ends.").stream()
            .map(line -> line.startsWith("    ") ? line.substring(4) : line)
            .toList();
    List<String> azure = readme.subList(readme.indexOf("## Azure"), readme.size());
    assertEquals(tested, between(azure, "```java", "```"));
  }

  private static List<String> between(List<String> lines, String begin, String end) {
    List<String> stripped = lines.stream().map(String::strip).toList();
    int from = stripped.indexOf(begin) + 1;
    int to = from + stripped.subList(from, stripped.size()).indexOf(end);
    assertTrue(from > 0 && to > from, () -> "no lines between " + begin + " and " + end);
    return lines.subList(from, to);
  }
}
