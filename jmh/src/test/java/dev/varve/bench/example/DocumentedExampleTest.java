package dev.varve.bench.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.questions.Questions;
import dev.varve.bench.questions.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * README and the page on benchmarking show the example that is compiled here, and the page knows
 * every question. That the example works is shown by the contract tests, which find it like any
 * other system.
 */
class DocumentedExampleTest {
  private static final String CLASS = "public final class";

  private final Path root = Scratch.root();

  @Test
  void thePagesShowTheExampleThatIsCompiled() throws IOException {
    String source =
        Files.readString(
            root.resolve("jmh/src/test/java/dev/varve/bench/example/PlainFileSystem.java"));
    String shown = source.substring(source.indexOf(CLASS)).strip();
    assertTrue(page().contains(shown), "docs/benchmarking.md shows another example");
    String readme = Files.readString(root.resolve("README.md"));
    assertTrue(readme.contains(shown), "README.md shows another example");
  }

  @Test
  void thePageKnowsEveryQuestion() throws IOException {
    String page = page();
    Questions.all()
        .forEach(
            question -> assertTrue(page.contains("`" + question.name() + "`"), question::name));
  }

  private String page() throws IOException {
    return Files.readString(root.resolve("docs/benchmarking.md"));
  }
}
