package dev.varve.bench.questions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

/** What is written down twice is the same in both places. */
class ForkFlagsTest {
  @Test
  void forksHaveTheFlagsOfTheFlagsFile() throws IOException {
    List<String> written =
        Files.readAllLines(Scratch.root().resolve("jmh").resolve("jvm.flags")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    Set<String> missing = new HashSet<>(written);
    missing.removeAll(LogQuestion.forkFlags());
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyCaseNamesABenchmarkMethod() throws NoSuchMethodException {
    for (Question question : Questions.all()) {
      for (Case measured : question.cases()) {
        assertTrue(
            java.util.Arrays.stream(question.benchmark().getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .anyMatch(method -> method.getName().equals(measured.method())),
            question.name() + " " + measured.method());
      }
    }
  }
}
