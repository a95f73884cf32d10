package dev.varve.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example compiles, does what it says, and is in the README to the letter. */
class ReadmeExampleTest {
  private static final Path ROOT = Path.of(System.getProperty("varve.root", ".."));
  private static final Path SOURCE =
      Path.of("engine/src/test/java/dev/varve/segment/ReadmeExampleTest.java");

  @TempDir Path parent;

  private static void example(Path folder) throws InterruptedException {
    // The README's example begins.
    try (SegmentLog log = SegmentLog.open(folder)) {
      long first = log.append("clay".getBytes(UTF_8)); // durable when it returns
      log.append(new Batch().add("silt".getBytes(UTF_8)).add("sand".getBytes(UTF_8))); // or neither
      try (Cursor cursor = log.forward(first)) { // from that record on
        long seen = first;
        while (log.awaitEnd(seen, Duration.ofMillis(100)) > seen) { // until nothing more comes
          seen = log.end();
          while (cursor.next()) {
            System.out.println(cursor.position() + " " + new String(cursor.toByteArray(), UTF_8));
          }
        }
      }
    } // closed: everything is durable, and the next open has nothing to recover
    // The README's example ends.
  }

  @Test
  void theExampleReadsWhatItAppended() throws InterruptedException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      example(parent.resolve("log"));
    } finally {
      System.setOut(console);
    }
    assertEquals(List.of("0 clay", "28 silt", "56 sand"), printed.toString(UTF_8).lines().toList());
    try (SegmentLog log = SegmentLog.openReadOnly(parent.resolve("log"))) {
      assertTrue(log.recovery().cleanEnd());
      assertEquals(84, log.durableEnd());
    }
  }

  @Test
  void theReadmeShowsTheExampleToTheLetter() throws IOException {
    List<String> source = Files.readAllLines(ROOT.resolve(SOURCE));
    List<String> readme = Files.readAllLines(ROOT.resolve("README.md"));
    List<String> tested =
        between(source, "// The README's example begins.", "// The README's example ends.").stream()
            .map(line -> line.startsWith("    ") ? line.substring(4) : line)
            .toList();
    assertEquals(tested, between(readme, "```java", "```"));
  }

  private static List<String> between(List<String> lines, String begin, String end) {
    List<String> stripped = lines.stream().map(String::strip).toList();
    int from = stripped.indexOf(begin) + 1;
    int to = from + stripped.subList(from, stripped.size()).indexOf(end);
    assertTrue(from > 0 && to > from, () -> "no lines between " + begin + " and " + end);
    return lines.subList(from, to);
  }
}
