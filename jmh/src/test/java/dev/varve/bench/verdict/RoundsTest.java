package dev.varve.bench.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.report.Row;
import dev.varve.bench.report.Score;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rounds as a file, as pairs, and verdicts as a file. */
class RoundsTest {
  private static final Contestant OURS = Contestant.of("varve", Kind.OURS);
  private static final Contestant LMDB = Contestant.of("lmdb", Kind.PEER);

  @Test
  void oursIsPairedWithEverybodyElseRoundByRound() {
    List<Pair> pairs = twoRounds().pairs();
    assertEquals(2, pairs.size());
    assertEquals(
        new Pair("append", "size=100", "NONE", "varve", "varve-again", true, List.of(1.0, 1.25)),
        pairs.getFirst());
    assertEquals(
        new Pair("append", "size=100", "NONE", "varve", "lmdb", false, List.of(4.0, 2.5)),
        pairs.getLast());
  }

  @Test
  void levelsAreNeverMixedAndNobodyIsComparedWithoutOurs() {
    Rounds rounds = new Rounds();
    rounds.add(1, 1, row(OURS, Level.NONE, 10));
    rounds.add(1, 2, row(LMDB, Level.SYNC, 10));
    assertEquals(List.of(), rounds.pairs());
  }

  @Test
  void theFileHasEveryScoreWithItsRoundAndPlace() {
    assertEquals(
        """
        round,place,question,params,durability,system,kind,score,unit
        1,2,append,size=100,NONE,varve,ours,10.0,ns/op
        2,1,append,size=100,NONE,varve,ours,16.0,ns/op
        1,1,append,size=100,NONE,varve-again,ours,10.0,ns/op
        2,2,append,size=100,NONE,varve-again,ours,20.0,ns/op
        1,3,append,size=100,NONE,lmdb,peer,40.0,ns/op
        2,3,append,size=100,NONE,lmdb,peer,40.0,ns/op
        """,
        twoRounds().csv());
  }

  @Test
  void everyComparisonIsALineOfTheVerdictsInTheOrderOfTheHeader() {
    assertEquals(
        """
        question,params,durability,ours,other,role,rounds,detectable,ratio,low,high,confidence,p,level,\
        verdict,reason
        append,size=100,NONE,varve,varve-again,control,2,0.250000,1.118034,1.000000,1.250000,0.500000,\
        1.000000,0.005000,none,verdicts take 10 to 24 rounds; there are 2
        append,size=100,NONE,varve,lmdb,comparison,2,0.250000,3.162278,2.500000,4.000000,0.500000,\
        0.500000,0.005000,none,verdicts take 10 to 24 rounds; there are 2
        """,
        VerdictsCsv.of(new Family(twoRounds().pairs()).judged()));
  }

  @Test
  void theTextSaysTheDetectableChangeBeforeTheRatioAndTheRatioBeforeTheVerdict() {
    String text = VerdictText.of(new Family(twoRounds().pairs()).judged(), "ext4");
    assertEquals(
        "append size=100 NONE on ext4 varve : lmdb 25.0 % 3.162 2.500 .. 4.000 (50.00 %)"
            + " none: verdicts take 10 to 24 rounds, there are 2",
        text.lines().toList().getLast().replaceAll(" +", " "));
  }

  @Test
  void moreRoundsThanTheTestTakesHaveARatioAndNeitherIntervalNorVerdict() {
    Rounds rounds = new Rounds();
    for (int round = 1; round <= 25; round++) {
      rounds.add(round, 1, row(OURS, Level.NONE, 10));
      rounds.add(round, 2, row(LMDB, Level.NONE, 20));
    }
    String text = VerdictText.of(new Family(rounds.pairs()).judged(), "ext4");
    assertEquals(
        "append size=100 NONE on ext4 varve : lmdb 2.000"
            + " none: verdicts take 10 to 24 rounds, there are 25",
        text.lines().toList().getLast().replaceAll(" +", " "));
  }

  private static Rounds twoRounds() {
    Rounds rounds = new Rounds();
    rounds.add(1, 2, row(OURS, Level.NONE, 10));
    rounds.add(2, 1, row(OURS, Level.NONE, 16));
    rounds.add(1, 1, row(OURS.again(), Level.NONE, 10));
    rounds.add(2, 2, row(OURS.again(), Level.NONE, 20));
    rounds.add(1, 3, row(LMDB, Level.NONE, 40));
    rounds.add(2, 3, row(LMDB, Level.NONE, 40));
    return rounds;
  }

  private static Row row(Contestant who, Level level, double nanos) {
    return new Row("append", "size=100", level, who, new Score(nanos, nanos, nanos, "ns/op"));
  }
}
