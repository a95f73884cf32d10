package dev.varve.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.varve.bench.questions.Questions;
import dev.varve.bench.results.ResultCsv;
import dev.varve.bench.results.ResultSchema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner as a process: what it prints, what it leaves behind, and its exit code. */
class BenchTest {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final long DEADLINE_NANOS = 30_000_000_000L;

  /** Stands for the repository's root: the runner works in it. */
  @TempDir Path root;

  @Test
  void aRunLeavesResultsAndTheLatestLink() throws Exception {
    Harness.Outcome outcome = run(PlantedMain.class, Map.of("bench.systems", "right"));
    assertEquals(Bench.DONE, outcome.exit(), outcome.output());
    Path latest = root.resolve("results").resolve("local").resolve("latest");
    List<String> summary = Files.readAllLines(latest.resolve("summary.csv"));
    assertEquals(ResultCsv.SUMMARY_HEADER, summary.getFirst());
    assertTrue(summary.get(1).startsWith("planted,x=1,memory,NONE,right,ours,"), summary::toString);
    assertTrue(Files.readString(latest.resolve("jmh.json")).contains("Planted.work"));
    assertTrue(Files.readString(latest.resolve("report.html")).contains("planted, x 1"));
    assertEquals(List.of(), ResultSchema.faults(latest));
    String environment = Files.readString(latest.resolve("environment.json"));
    for (String field : List.of("\"cpu\"", "\"governor\"", "\"mountOptions\"", "\"commit\"")) {
      assertTrue(environment.contains(field), environment);
    }
    assertTrue(outcome.output().contains("Scratch space"), outcome.output());
    assertEquals(List.of(), entries(root.resolve("target").resolve("bench")));
  }

  @Test
  void aVerdictRunKeepsItsRoundsAndSaysBeforehandWhenTheyAreTooFew() throws Exception {
    Harness.Outcome outcome =
        run(
            PlantedMain.class,
            Map.of("bench.systems", "right", "bench.mode", "verdict", "bench.rounds", "2"));
    assertEquals(Bench.DONE, outcome.exit(), outcome.output());
    assertTrue(
        outcome
            .output()
            .contains("There will be no verdicts: verdicts take 10 to 24 rounds, there are 2."),
        outcome.output());
    Path latest = root.resolve("results").resolve("local").resolve("latest");
    List<String> rounds = Files.readAllLines(latest.resolve("rounds.csv"));
    assertEquals(5, rounds.size(), rounds::toString);
    assertTrue(
        rounds.getLast().contains(",planted,x=1,memory,NONE,right-again,ours,"), rounds::toString);
    assertEquals(List.of(), ResultSchema.faults(latest));
    List<String> verdicts = Files.readAllLines(latest.resolve("verdicts.csv"));
    assertEquals(2, verdicts.size(), verdicts::toString);
    assertTrue(
        verdicts.getLast().startsWith("planted,x=1,memory,NONE,right,right-again,control,2,"),
        verdicts::toString);
    assertTrue(outcome.output().contains("right : right-again"), outcome.output());
  }

  @Test
  void aBenchmarkThatThrowsFailsTheRun() throws Exception {
    Harness.Outcome outcome = run(PlantedMain.class, Map.of("bench.systems", "throwing"));
    assertEquals(Bench.FAILED, outcome.exit(), outcome.output());
    assertTrue(outcome.output().contains("planted failure"), outcome.output());
    assertFalse(Files.exists(root.resolve("results").resolve("local").resolve("latest")));
  }

  @Test
  void aWrongAnswerFailsTheRun() throws Exception {
    Harness.Outcome outcome = run(PlantedMain.class, Map.of("bench.systems", "wrong"));
    assertEquals(Bench.FAILED, outcome.exit(), outcome.output());
    assertTrue(outcome.output().contains("wrong answer"), outcome.output());
  }

  @Test
  void aForkThatThrowsEndsTheTurnsOfAll() throws Exception {
    Harness.Outcome outcome =
        run(PlantedMain.class, Map.of("bench.systems", "right,throwing", "bench.mode", "verdict"));
    assertEquals(Bench.FAILED, outcome.exit(), outcome.output());
    assertTrue(outcome.output().contains("planted failure"), outcome.output());
    assertFalse(outcome.output().contains("the other forks are gone"), outcome.output());
  }

  @Test
  void aWrongAnswerInTheLastTurnFailsTheRun() throws Exception {
    Harness.Outcome outcome =
        run(PlantedMain.class, Map.of("bench.systems", "right,wrong", "bench.mode", "verdict"));
    assertEquals(Bench.FAILED, outcome.exit(), outcome.output());
    assertTrue(outcome.output().contains("wrong answer"), outcome.output());
  }

  @Test
  void forksDoNotTakeTurnsWhereJmhIsAskedForSeveralEach() throws Exception {
    Harness.Outcome outcome =
        run(
            PlantedMain.class,
            Map.of(
                "bench.systems", "right",
                "bench.mode", "verdict",
                "bench.rounds", "1",
                "jmh.args", "-f 2 -wi 0 -i 2 -r 10ms"));
    assertEquals(Bench.DONE, outcome.exit(), outcome.output());
    assertTrue(outcome.output().contains("[2/2]"), outcome.output());
  }

  @Test
  void aRunIsRefusedWhileAnotherHoldsTheLock() throws Exception {
    Path lock = Files.createDirectories(root.resolve("tmp")).resolve("jmh.lock");
    try (FileChannel channel = FileChannel.open(lock, CREATE, WRITE)) {
      assertNotNull(channel.tryLock());
      Harness.Outcome outcome = run(PlantedMain.class, Map.of("bench.systems", "right"));
      assertEquals(Bench.REFUSED, outcome.exit(), outcome.output());
      assertTrue(outcome.output().contains("Another JMH run is under way"), outcome.output());
    }
  }

  @Test
  void aWrongAnswerFailsTheSmokeRun() throws Exception {
    Harness.Outcome outcome =
        run(PlantedMain.class, Map.of("bench.systems", "wrong,right", "bench.mode", "smoke"));
    assertEquals(Bench.FAILED, outcome.exit(), outcome.output());
  }

  @Test
  void aPatternThatMatchesNothingListsTheQuestions() throws Exception {
    Harness.Outcome outcome = run(Main.class, Map.of("bench", "no-such-question"));
    assertEquals(Bench.REFUSED, outcome.exit(), outcome.output());
    Questions.all()
        .forEach(
            question -> assertTrue(outcome.output().contains(question.name()), question::name));
  }

  @Test
  void anUnknownModeIsRefused() throws Exception {
    Harness.Outcome outcome = run(Main.class, Map.of("bench.mode", "slow"));
    assertEquals(Bench.REFUSED, outcome.exit(), outcome.output());
    assertTrue(outcome.output().contains("quick, full, verdict and smoke"), outcome.output());
  }

  @Test
  void roundsAreRefusedUnlessTheyAreANumberOfOneOrMore() throws Exception {
    for (String rounds : List.of("0", "-1", "many")) {
      Harness.Outcome outcome =
          run(Main.class, Map.of("bench.mode", "quick", "bench.rounds", rounds));
      assertEquals(Bench.REFUSED, outcome.exit(), outcome.output());
      assertTrue(outcome.output().contains("from 1 to 999"), outcome.output());
    }
  }

  @Test
  void durableQuestionsAreRefusedInMemory() throws Exception {
    assumeTrue(Files.isWritable(SHARED_MEMORY), "there is no /dev/shm to refuse");
    Path folder = Files.createTempDirectory(SHARED_MEMORY, "varve-refused");
    try {
      Harness.Outcome outcome =
          run(Main.class, Map.of("bench", "durable-append", "bench.dir", folder.toString()));
      assertEquals(Bench.REFUSED, outcome.exit(), outcome.output());
      assertTrue(outcome.output().contains("Refused durable-append"), outcome.output());
    } finally {
      Files.delete(folder);
    }
  }

  @Test
  void anInterruptedRunRemovesItsScratchFolders() throws Exception {
    Process process =
        new Harness(root)
            .start(
                Main.class,
                Map.of(
                    "bench",
                    "append-steady",
                    "bench.systems",
                    "plain-file",
                    "jmh.args",
                    "-wi 0 -r 60"));
    process.getInputStream().close();
    Path scratch = root.resolve("target").resolve("bench");
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (entries(scratch).isEmpty() && process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertEquals(1, entries(scratch).size(), "the folder of the fork");
    // As Ctrl-C does: the JVM ends in order, its fork is still at work.
    process.destroy();
    process.waitFor();
    assertEquals(List.of(), entries(scratch));
    assertFalse(Files.exists(root.resolve("results").resolve("local").resolve("latest")));
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  @Test
  void thePlainCommandLineOfJmhWorks() throws Exception {
    Harness.Outcome outcome = run(Main.class, Map.of(), "-l", "ForwardScan");
    assertEquals(0, outcome.exit(), outcome.output());
    assertTrue(
        outcome.output().contains("dev.varve.bench.questions.ForwardScan.scan"), outcome.output());
  }

  private Harness.Outcome run(Class<?> main, Map<String, String> properties, String... arguments)
      throws IOException, InterruptedException {
    return new Harness(root).run(main, properties, arguments);
  }
}
