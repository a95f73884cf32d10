package dev.varve.bench.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.results.Costs;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.results.Score;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds as pairs, and verdicts as a file. */
class RoundsTest {
  private static final Contestant OURS = Contestant.of("varve", Kind.OURS);
  private static final Contestant LMDB = Contestant.of("lmdb", Kind.PEER);

  @Test
  void oursIsPairedWithEverybodyElseRoundByRound() {
    List<Pair> pairs = Rounds.pairs(twoRounds());
    assertEquals(2, pairs.size());
    assertEquals(
        new Pair(
            "append", "size=100", "ext4", "NONE", "varve", "varve-again", true, List.of(1.0, 1.25)),
        pairs.getFirst());
    assertEquals(
        new Pair("append", "size=100", "ext4", "NONE", "varve", "lmdb", false, List.of(4.0, 2.5)),
        pairs.getLast());
  }

  @Test
  void levelsAndMediaAreNeverMixedAndNobodyIsComparedWithoutOurs() {
    List<Fork> forks =
        List.of(
            fork(1, 1, row(OURS, Level.NONE, 10)),
            fork(1, 2, row(LMDB, Level.SYNC, 10)),
            fork(1, 3, new Row("append", "size=100", "memory", Level.NONE, LMDB, score(10))));
    assertEquals(List.of(), Rounds.pairs(forks));
  }

  @Test
  void aRoundCountsWhereBothWereMeasured() {
    List<Fork> forks =
        List.of(
            fork(1, 1, row(OURS, Level.NONE, 10)),
            fork(2, 1, row(OURS, Level.NONE, 20)),
            fork(2, 2, row(LMDB, Level.NONE, 60)),
            fork(3, 1, row(LMDB, Level.NONE, 60)));
    assertEquals(List.of(3.0), Rounds.pairs(forks).getFirst().ratios());
  }

  @Test
  void forksOfARoundAreOneScoreWhichIsTheirGeometricMean() {
    List<Fork> forks =
        List.of(
            fork(1, 1, row(OURS, Level.NONE, 10)),
            fork(1, 2, row(LMDB, Level.NONE, 30)),
            fork(1, 3, row(OURS, Level.NONE, 40)),
            fork(1, 4, row(LMDB, Level.NONE, 120)));
    List<Double> ratios = Rounds.pairs(forks).getFirst().ratios();
    assertEquals(1, ratios.size());
    assertEquals(3, ratios.getFirst(), 1e-12);
  }

  @Test
  void everyComparisonIsALineOfTheVerdictsInTheOrderOfTheHeader() {
    assertEquals(
        """
        question,params,medium,durability,ours,other,role,rounds,detectable,ratio,low,high,confidence,p,level,\
        verdict,reason
        append,size=100,ext4,NONE,varve,varve-again,control,2,0.250000,1.118034,1.000000,1.250000,0.500000,\
        1.000000,0.005000,none,verdicts take 10 to 24 rounds; there are 2
        append,size=100,ext4,NONE,varve,lmdb,comparison,2,0.250000,3.162278,2.500000,4.000000,0.500000,\
        0.500000,0.005000,none,verdicts take 10 to 24 rounds; there are 2
        """,
        VerdictsCsv.of(new Family(Rounds.pairs(twoRounds())).judged()));
  }

  @Test
  void whatWasWrittenIsReadAgain(@TempDir Path folder) throws IOException {
    List<Judged> judged = new Family(Rounds.pairs(twoRounds())).judged();
    Files.writeString(folder.resolve("environment.json"), "{\"schemaVersion\": 2}");
    Files.writeString(folder.resolve(VerdictsCsv.FILE), VerdictsCsv.of(judged));
    List<Judged> read = VerdictsCsv.read(RunFolder.open(folder));
    assertEquals(VerdictsCsv.of(judged), VerdictsCsv.of(read));
  }

  private static List<Fork> twoRounds() {
    return List.of(
        fork(1, 2, row(OURS, Level.NONE, 10)),
        fork(2, 1, row(OURS, Level.NONE, 16)),
        fork(1, 1, row(OURS.again(), Level.NONE, 10)),
        fork(2, 2, row(OURS.again(), Level.NONE, 20)),
        fork(1, 3, row(LMDB, Level.NONE, 40)),
        fork(2, 3, row(LMDB, Level.NONE, 40)));
  }

  private static Fork fork(int round, int place, Row row) {
    return new Fork(round, place, List.of(row), Costs.UNKNOWN);
  }

  private static Row row(Contestant who, Level level, double nanos) {
    return new Row("append", "size=100", "ext4", level, who, score(nanos));
  }

  private static Score score(double nanos) {
    return new Score(nanos, nanos, nanos, "ns/op");
  }
}
