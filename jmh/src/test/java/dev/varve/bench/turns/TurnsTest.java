package dev.varve.bench.turns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that stand for forks take turns. */
@Timeout(60)
class TurnsTest {
  private static final int FORKS = 3;
  private static final int TURNS = 7;
  private static final String BENCHMARK = "some.long.name.of.a.benchmark";

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  /** What a fork noted in one of its turns. */
  private record Note(long pid, String cores, String others) {
    static Note of(String line) {
      String[] words = line.split(" ", 3);
      return new Note(Long.parseLong(words[0]), words[1], words[2]);
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void inEachRoundEveryForkHasOneTurnInAnOrderOfItsOwn() throws Exception {
    List<List<Note>> rounds = conduct();
    Set<List<Long>> orders =
        rounds.stream()
            .map(notes -> notes.stream().map(Note::pid).toList())
            .collect(Collectors.toSet());
    orders.forEach(order -> assertEquals(FORKS, Set.copyOf(order).size()));
    assertTrue(orders.size() > 1, "always the same order");
  }

  /** One after the other, or they fail. */
  @Test
  void onceAllAreSetUpTheOthersStandStill() throws Exception {
    List<List<Note>> rounds = conduct();
    rounds.getFirst().forEach(note -> assertFalse(note.others.contains("T"), note::others));
    for (List<Note> round : rounds.subList(1, TURNS - 1)) {
      round.forEach(note -> assertEquals("T".repeat(FORKS - 1), note.others));
    }
  }

  /** On one core they would wait for each other in vain. */
  @Test
  void thoseThatWarmUpAreSetUpOneForEachCoreAtATime() throws Exception {
    List<List<Note>> rounds =
        conduct(Optional.empty(), Scheduling.cores().size() > 1 ? "warms" : "well");
    assertEquals(
        FORKS, rounds.getFirst().stream().map(Note::pid).distinct().count(), "not all set up");
    for (List<Note> round : rounds.subList(1, TURNS - 1)) {
      round.forEach(note -> assertEquals("T".repeat(FORKS - 1), note.others));
    }
  }

  @Test
  void inBetweenNobodyRuns() throws Exception {
    StringBuilder states = new StringBuilder();
    try (Turns turns = new Turns(Optional.of(BENCHMARK), FORKS, new Random(1))) {
      for (int i = 0; i < FORKS; i++) {
        start(turns, "well");
      }
      turns.conduct(
          () -> false,
          () -> started.forEach(process -> states.append(Scheduling.state(process.pid()))));
    }
    assertEquals("T".repeat(FORKS), states.toString());
    assertEquals(FORKS, Files.readAllLines(folder.resolve("notes")).size() / TURNS);
  }

  @Test
  void aLoneWorkerIsOnOneCoreInARoundAndOnTheNextInTheNext() throws Exception {
    List<List<Note>> rounds = conduct();
    List<Integer> cores = Scheduling.cores();
    for (int i = 1; i < TURNS; i++) {
      String core = Integer.toString(cores.get((i - 1) % cores.size()));
      rounds.get(i).forEach(note -> assertEquals(core, note.cores));
    }
  }

  @Test
  void whoIsNotToBePinnedStaysFree() throws Exception {
    List<List<Note>> rounds = conduct(Optional.empty(), "well");
    String all = rounds.getFirst().getFirst().cores;
    rounds.forEach(notes -> notes.forEach(note -> assertEquals(all, note.cores)));
  }

  @Test
  void whenOneFailsTheOthersAreToldAndNobodyIsLeftStandingStill() throws Exception {
    try (Turns turns = new Turns(Optional.of(BENCHMARK), FORKS, new Random(1))) {
      start(turns, "well");
      start(turns, "fails");
      start(turns, "well");
      turns.conduct(() -> false, () -> {});
    }
    for (Process process : started) {
      assertTrue(process.waitFor() != 0, "it has had all its turns");
    }
  }

  @Test
  void aForkThatIsOverBeforeItTookPartEndsTheWaiting() throws Exception {
    try (Turns turns = new Turns(Optional.of(BENCHMARK), FORKS, new Random(1))) {
      start(turns, "well");
      turns.conduct(() -> true, () -> {});
    }
    assertTrue(started.getFirst().waitFor() != 0, "it has had all its turns");
  }

  private List<List<Note>> conduct() throws Exception {
    return conduct(Optional.of(BENCHMARK), "well");
  }

  private List<List<Note>> conduct(Optional<String> pinned, String kind) throws Exception {
    try (Turns turns = new Turns(pinned, FORKS, new Random(1))) {
      for (int i = 0; i < FORKS; i++) {
        start(turns, kind);
      }
      turns.conduct(() -> false, () -> {});
    }
    for (Process process : started) {
      assertEquals(0, process.waitFor());
    }
    List<Note> notes = Files.readAllLines(folder.resolve("notes")).stream().map(Note::of).toList();
    assertEquals(FORKS * TURNS, notes.size());
    List<List<Note>> rounds = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      rounds.add(notes.subList(i * FORKS, (i + 1) * FORKS));
    }
    return rounds;
  }

  private void start(Turns turns, String kind) throws IOException {
    started.add(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                TurnTaker.class.getName(),
                turns.line(),
                Integer.toString(TURNS),
                folder.resolve("notes").toString(),
                BENCHMARK,
                kind)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }
}
