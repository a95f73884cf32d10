package dev.varve.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.results.Environment;
import dev.varve.bench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to hold, and what was asked for. */
class ReproductionTest {
  @TempDir Path folder;

  @Test
  void intervalsThatOverlapHold() throws IOException {
    assertEquals(Claim.Outcome.HOLDS, outcome(run("a", 5, 10, 11), run("b", 5, 10.5, 12)));
  }

  @Test
  void intervalsApartDoNotHold() throws IOException {
    assertEquals(Claim.Outcome.DOES_NOT_HOLD, outcome(run("a", 5, 10, 11), run("b", 5, 12, 13)));
  }

  @Test
  void theSameVerdictOfAnotherSizeIsSaidToBe() throws IOException {
    assertEquals(Claim.Outcome.OTHER_SIZE, outcome(run("a", 12, 10, 11), run("b", 12, 15, 16)));
  }

  @Test
  void tooFewRoundsOnEitherSideCannotTell() throws IOException {
    assertEquals(Claim.Outcome.CANNOT_TELL, outcome(run("a", 5, 10, 11), run("b", 2, 12, 13)));
    assertEquals(Claim.Outcome.CANNOT_TELL, outcome(run("c", 1, 10, 11), run("d", 5, 12, 13)));
    assertEquals(Claim.Outcome.CANNOT_TELL, outcome(run("e", 2, 10, 11), run("f", 5, 10, 11)));
  }

  @Test
  void whatWasNotMeasuredAgainCannotTell() throws IOException {
    RunFolder again =
        PlantedResult.run(
            folder.resolve("b"), PlantedResult.MACHINE, List.of("1,append,varve,ours,10"));
    Claim claim = new Reproduction(run("a", 5, 10, 11), again).claims().getFirst();
    assertTrue(claim.now().isEmpty());
    assertEquals(Claim.Outcome.CANNOT_TELL, claim.outcome());
  }

  @Test
  void theAaPairIsNoClaim() throws IOException {
    RunFolder run = run("a", 5, 10, 11);
    assertEquals(
        List.of("limit"),
        new Reproduction(run, run)
            .claims().stream().map(claim -> claim.then().pair().other()).toList());
  }

  @Test
  void anotherMachineIsNamed() throws IOException {
    RunFolder then = run("a", 5, 10, 11);
    RunFolder now =
        PlantedResult.run(
            folder.resolve("b"), PlantedResult.MACHINE.replace("Z80", "6502"), List.of());
    assertEquals(List.of("cpu: Z80, and 6502"), new Reproduction(then, now).otherMachine());
  }

  @Test
  void whatTheFirstResultsWereAskedForIsInTheirCommand() throws IOException {
    Path results = Path.of(System.getProperty("varve.root", ".."), "results");
    Environment environment =
        RunFolder.open(results.resolve("2026-11-21_mapped_x86-64-2core")).environment();
    assertEquals(
        Map.of(
            "bench", "append-steady.*size=100$",
            "bench.mode", "full",
            "bench.rounds", "5",
            "bench.systems", "varve,limit"),
        Reproduction.asked(environment));
  }

  @Test
  void whatLaterOnesWereAskedForIsInAFieldOfItsOwn() throws IOException {
    String environment =
        "{\"schemaVersion\": 2, \"asked\": {\"bench\": \"scan\"}, \"command\": \"x\"}";
    RunFolder run = PlantedResult.run(folder.resolve("a"), environment, List.of());
    assertEquals(Map.of("bench", "scan"), Reproduction.asked(run.environment()));
  }

  private static Claim.Outcome outcome(RunFolder then, RunFolder now) throws IOException {
    return new Reproduction(then, now).claims().getFirst().outcome();
  }

  /** Rounds of ours, of ours again, and of a limit whose time goes from one figure to another. */
  private RunFolder run(String name, int rounds, double first, double last) throws IOException {
    List<String> forks = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      double noise = round % 2 == 0 ? 1.01 : 0.99;
      double limit = first + (last - first) * (round - 1) / Math.max(1, rounds - 1);
      forks.add(round + ",append,varve,ours,5");
      forks.add(round + ",append,varve-again,ours," + 5 * noise);
      forks.add(round + ",append,limit,limit," + limit);
    }
    return PlantedResult.run(folder.resolve(name), PlantedResult.MACHINE, forks);
  }
}
