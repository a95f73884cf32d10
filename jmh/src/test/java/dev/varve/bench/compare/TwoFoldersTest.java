package dev.varve.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.RunPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two results are compared by, and when they are not. */
class TwoFoldersTest {
  private static final String MACHINE = PlantedResult.MACHINE;

  @TempDir Path folder;

  @Test
  void oursIsMeasuredByTheLimitOfTheSameRound() throws IOException {
    RunFolder before =
        run(
            "a",
            MACHINE,
            "1,append,varve,ours,10",
            "1,append,varve-slowed,ours,11",
            "1,append,limit,limit,5",
            "2,append,varve,ours,9");
    RunFolder after =
        run(
            "b",
            MACHINE,
            "1,append,varve,ours,10",
            "1,append,varve-again,ours,11",
            "1,append,varve-slowed,ours,11",
            "1,append,lmdb,peer,3",
            "1,append,limit,limit,10",
            "2,append,varve,ours,10",
            "2,append,limit,limit,20");
    RunPair pair = only(before, after);
    assertEquals(List.of("varve", "limit"), List.of(pair.ours(), pair.reference()));
    assertEquals(List.of(0.5), pair.before(), "a round without the limit does not count");
    assertEquals(List.of(1.0, 2.0), pair.after());
    assertEquals(5 / Math.sqrt(200), pair.referenceChange(), 1e-12);
  }

  @Test
  void severalForksOfARoundAreOneScore() throws IOException {
    RunFolder single = run("a", MACHINE, "1,append,varve,ours,10", "1,append,limit,limit,5");
    RunFolder several =
        run(
            "b",
            MACHINE,
            "1,append,varve,ours,10",
            "1,append,limit,limit,20",
            "1,append,varve,ours,40",
            "1,append,limit,limit,5");
    RunPair pair = only(single, several);
    assertEquals(1, pair.after().size());
    assertEquals(0.5, pair.after().getFirst(), 1e-12);
    assertEquals(0.5, pair.referenceChange(), 1e-12);
  }

  @Test
  void withoutALimitThePeerThatBothHaveMostOftenIsTheReference() throws IOException {
    String[] forks = {
      "1,append,varve,ours,10",
      "1,append,lmdb,peer,20",
      "1,append,xodus,peer,10",
      "2,append,varve,ours,10",
      "2,append,lmdb,peer,20"
    };
    RunFolder before = run("a", MACHINE, forks);
    assertEquals("lmdb", only(before, run("b", MACHINE, forks)).reference());
    RunFolder withoutLmdb = run("c", MACHINE, "1,append,varve,ours,10", "1,append,xodus,peer,1");
    assertEquals("xodus", only(before, withoutLmdb).reference());
    assertEquals(
        List.of(),
        new TwoFolders(before, run("d", MACHINE, "1,append,varve,ours,10")).pairs(),
        "nothing to measure by");
  }

  @Test
  void runsOfOneMachineClassHaveNoDoubts() throws IOException {
    String later =
        MACHINE
            .replace("8000000", "8000128")
            .replace("Linux 6.1", "Linux 6.2")
            .replace("25.0.1", "25.0.9");
    String fork = "1,append,varve,ours,10";
    assertEquals(
        List.of(), new TwoFolders(run("a", MACHINE, fork), run("b", later, fork)).doubts());
  }

  @Test
  void otherMachinesAndMediaAreNamed() throws IOException {
    String other =
        MACHINE
            .replace("Z80", "6502")
            .replace("\"cores\": 2", "\"cores\": 1")
            .replace("8000000", "16000000")
            .replace("Linux", "Darwin")
            .replace("ext4", "tmpfs")
            .replace("25.0.1", "26");
    String fork = "1,append,varve,ours,10";
    List<String> doubts = new TwoFolders(run("a", MACHINE, fork), run("b", other, fork)).doubts();
    assertEquals(
        List.of(
            "cpu: Z80, and 6502",
            "cores: 2, and 1",
            "memory: 8 GiB, and 15 GiB",
            "kernel: Linux, and Darwin",
            "file system: ext4, and tmpfs",
            "JDK: 25, and 26",
            "append size=1: NONE on ext4, and NONE on tmpfs"),
        doubts);
  }

  @Test
  void scoresOfAnotherKindAreNamed() throws IOException {
    String later = MACHINE.replace("\"schemaVersion\": 2", "\"schemaVersion\": 3");
    String fork = "1,append,varve,ours,10";
    RunFolder after = run("b", later, fork);
    assertEquals(
        List.of("scores: means of iterations, and averages over operations"),
        new TwoFolders(run("a", MACHINE, fork), after).doubts());
    assertEquals(List.of(), new TwoFolders(after, after).doubts());
  }

  @Test
  void aRunFromBeforeThereWereRoundsHasOne() throws IOException {
    Path results = Path.of(System.getProperty("varve.root", ".."), "results");
    RunFolder full = RunFolder.open(results.resolve("2026-11-21_full2_x86-64-2core"));
    RunFolder mapped = RunFolder.open(results.resolve("2026-11-21_mapped_x86-64-2core"));
    TwoFolders both = new TwoFolders(full, mapped);
    assertEquals(List.of(), both.doubts());
    RunPair pair = both.pairs().getFirst();
    assertEquals(1, pair.before().size());
    assertEquals(5, pair.after().size());
    assertTrue(both.pairs().size() == 1 && pair.reference().equals("limit"), pair::toString);
  }

  private static RunPair only(RunFolder before, RunFolder after) throws IOException {
    List<RunPair> pairs = new TwoFolders(before, after).pairs();
    assertEquals(1, pairs.size(), pairs::toString);
    return pairs.getFirst();
  }

  private RunFolder run(String name, String environment, String... forks) throws IOException {
    return PlantedResult.run(folder.resolve(name), environment, List.of(forks));
  }
}
