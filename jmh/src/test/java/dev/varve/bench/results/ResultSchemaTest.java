package dev.varve.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The committed results are what their schema says, and the schema can say no. */
class ResultSchemaTest {
  private static final Path RUN = ResultSchema.RESULTS.resolve("2026-11-21_mapped_x86-64-2core");

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> everyCommittedRunKeepsItsSchema() throws IOException {
    try (Stream<Path> folders = Files.list(ResultSchema.RESULTS)) {
      return folders
          .filter(run -> Files.exists(run.resolve("environment.json")))
          .map(
              run ->
                  DynamicTest.dynamicTest(
                      run.getFileName().toString(),
                      () -> assertEquals(List.of(), ResultSchema.faults(run))))
          .toList();
    }
  }

  @Test
  void theSchemaSeesWhatIsWrong() throws IOException {
    assertRefused("environment.json", "\"cores\": 2", "\"cores\": 0");
    assertRefused("environment.json", "\"cores\"", "\"kernels\"");
    assertRefused("summary.csv", ",NONE,", ",NEVER,");
    assertRefused("summary.csv", ",limit,34.", ",limit,-34.");
    assertRefused("summary.csv", "ns/op", "apples");
    assertRefused("rounds.csv", "\n1,1,", "\n0,1,");
    assertRefused("rounds.csv", ",varve,", ",varve,varve,");
    assertRefused("verdicts.csv", ",none,", ",certainly,");
  }

  private void assertRefused(String file, String right, String wrong) throws IOException {
    for (String each : List.of("environment.json", "summary.csv", "rounds.csv", "verdicts.csv")) {
      String text = Files.readString(RUN.resolve(each));
      String changed = each.equals(file) ? text.replaceFirst(right, wrong) : text;
      assertEquals(each.equals(file), !changed.equals(text), "the change in " + each);
      Files.writeString(folder.resolve(each), changed);
    }
    assertNotEquals(List.of(), ResultSchema.faults(folder), file + ": " + wrong);
  }
}
