package dev.varve.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.results.Fork;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.Verdict;
import dev.varve.bench.verdict.VerdictsCsv;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped after two forks keeps them, and goes on where it was. */
class ResumeTest {
  private static final int ROUNDS = 10;

  @TempDir Path root;

  @BeforeEach
  void interrupt() throws Exception {
    Map<String, String> asked =
        Map.of(
            "bench.systems", "right",
            "bench.mode", "verdict",
            "bench.rounds", Integer.toString(ROUNDS));
    Process process = new Harness(root).start(PlantedMain.class, asked);
    try (BufferedReader output = process.inputReader()) {
      assertTrue(output.lines().anyMatch(line -> line.startsWith("[3/")), "two forks are whole");
      process.toHandle().destroy();
      assertTrue(output.lines().anyMatch(line -> line.contains("--resume")), "how to go on");
      process.waitFor();
    }
  }

  @Test
  void whatWasStoppedIsAUsableResult() throws IOException {
    RunFolder run = RunFolder.open(folder());
    assertTrue(run.forks().size() >= 2, "the forks that were whole");
    assertEquals(Fork.rows(run.forks()).size(), run.rows().size());
    assertFalse(Files.exists(local().resolve("latest")), "it is not complete");
    assertFalse(Files.exists(run.path().resolve(VerdictsCsv.FILE)), "it has no verdicts");
  }

  @Test
  void itGoesOnWithoutMeasuringAnythingTwice() throws Exception {
    List<Fork> before = RunFolder.open(folder()).forks();
    Harness.Outcome outcome = resume();
    assertEquals(Bench.DONE, outcome.exit(), outcome.output());
    int left = 2 * ROUNDS - before.size();
    assertTrue(outcome.output().contains("[1/" + left + "]"), outcome.output());
    RunFolder run = RunFolder.open(folder());
    assertEquals(2 * ROUNDS, run.forks().size());
    assertTrue(run.forks().stream().map(Fork::rows).toList().containsAll(rows(before)));
    List<Judged> judged = VerdictsCsv.read(run);
    assertEquals(List.of(ROUNDS), judged.stream().map(j -> j.pair().ratios().size()).toList());
    assertFalse(judged.getFirst().verdict() == Verdict.NONE, outcome.output());
    assertEquals(run.path().toRealPath(), local().resolve("latest").toRealPath());
    int logged = logged(run);
    assertTrue(
        logged == 2 * ROUNDS || logged == 2 * ROUNDS + 1,
        () -> "every fork is in the log once, and one perhaps that did not count: " + logged);
  }

  @Test
  void rawDataOfAForkThatDidNotCountIsLeftOut() throws Exception {
    Path raw = folder().resolve("jmh.json");
    String entries = Files.readString(raw).strip();
    String one = entries.substring(1, entries.length() - 1);
    Files.writeString(raw, "[" + one + "," + one + "]");
    Harness.Outcome outcome = resume();
    assertEquals(Bench.DONE, outcome.exit(), outcome.output());
    assertEquals(2 * ROUNDS, Files.readString(raw).split("\"jmhVersion\"", -1).length - 1);
  }

  @Test
  void itIsRefusedWithWhatIsNotTheSameAnyMore() throws Exception {
    Path environment = folder().resolve("environment.json");
    String text = Files.readString(environment);
    Files.writeString(environment, text.replaceAll("\"cpu\" : \"[^\"]*\"", "\"cpu\" : \"Z80\""));
    Harness.Outcome outcome = resume();
    assertEquals(Bench.REFUSED, outcome.exit(), outcome.output());
    assertTrue(outcome.output().contains("cpu: ") && outcome.output().contains("not \"Z80\""));
  }

  @Test
  void whatElseIsAskedForBesideItIsRefused() throws Exception {
    Map<String, String> asked = Map.of(Settings.RESUME, folder().toString(), "bench.rounds", "3");
    Harness.Outcome outcome = new Harness(root).run(Main.class, asked);
    assertEquals(Bench.REFUSED, outcome.exit(), outcome.output());
    assertTrue(outcome.output().contains("leave out bench.rounds"), outcome.output());
  }

  private Harness.Outcome resume() throws Exception {
    return new Harness(root).run(PlantedMain.class, Map.of(Settings.RESUME, folder().toString()));
  }

  private static List<List<Row>> rows(List<Fork> forks) {
    return forks.stream().map(Fork::rows).toList();
  }

  private static int logged(RunFolder run) throws IOException {
    return Files.readString(run.path().resolve("jmh.log")).split("# Run complete", -1).length - 1;
  }

  private Path local() {
    return root.resolve("results").resolve("local");
  }

  private Path folder() throws IOException {
    try (Stream<Path> entries = Files.list(local())) {
      return entries.filter(entry -> !Files.isSymbolicLink(entry)).findFirst().orElseThrow();
    }
  }
}
