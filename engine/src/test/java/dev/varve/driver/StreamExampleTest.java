package dev.varve.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Append.Appended;
import dev.varve.driver.Append.Outdated;
import dev.varve.driver.Append.Unknown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of a stream compiles, does what it says, and is there to the letter. */
class StreamExampleTest {
  private static final Path ROOT = Path.of(System.getProperty("varve.root", ".."));
  private static final Path SOURCE =
      Path.of("engine/src/test/java/dev/varve/driver/StreamExampleTest.java");

  @TempDir Path parent;

  private static void example(Path folder) {
    // The README's example begins.
    try (StorageDriver stream = SegmentDriver.open(folder)) {
      long seen = stream.end();
      EventBatch batch = EventBatch.of(7, "account opened  ".getBytes(UTF_8)); // a key, 16 bytes
      batch.add(7, "25 paid in      ".getBytes(UTF_8));
      switch (stream.append(seen, batch)) { // both or neither, if the stream still ends there
        case Appended appended -> System.out.println("accepted, the end is " + appended.end());
        case Outdated outdated -> System.out.println("read on, up to " + outdated.end());
        case Unknown unknown -> System.out.println("look again later: " + unknown.cause());
      }
      System.out.println(stream.append(seen, batch) instanceof Outdated); // true: it has moved on
      EventBuffer buffer = new EventBuffer(1 << 20);
      long at = 0;
      do { // an empty buffer has seen the end
        at = stream.read(at, buffer);
        for (int i = 0; i < buffer.count(); i++) {
          System.out.println(buffer.key(i) + " " + new String(buffer.content(i), UTF_8).strip());
        }
      } while (buffer.count() > 0);
    }
    // The README's example ends.
  }

  @Test
  void theExampleDoesWhatItSays() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      example(parent.resolve("stream"));
    } finally {
      System.setOut(console);
    }
    List<String> lines = printed.toString(UTF_8).lines().toList();
    assertEquals(4, lines.size(), lines::toString);
    assertTrue(lines.getFirst().startsWith("accepted, the end is "), lines::toString);
    assertEquals(List.of("true", "7 account opened", "7 25 paid in"), lines.subList(1, 4));
  }

  @Test
  void theReadmeShowsTheExampleToTheLetter() throws IOException {
    List<String> source = Files.readAllLines(ROOT.resolve(SOURCE));
    List<String> marks = source.stream().map(String::strip).toList();
    List<String> tested =
        source
            .subList(
                marks.indexOf("// The README's example begins.") + 1,
                marks.indexOf("// The README's example ends."))
            .stream()
            .map(line -> line.startsWith("    ") ? line.substring(4) : line)
            .toList();
    List<String> readme = Files.readAllLines(ROOT.resolve("README.md"));
    assertTrue(Collections.indexOfSubList(readme, tested) > 0, "the README shows something else");
  }
}
