package dev.varve.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The summary's format, on which notebooks and comparisons rely. */
class SummaryCsvGoldenTest {
  @Test
  void everyRowIsALineInTheOrderOfTheHeader() {
    Row ours =
        new Row(
            "append-steady",
            "size=100",
            Level.NONE,
            Contestant.of("varve", Kind.OURS),
            new Score(40.5, 39, 42, "ns/op"));
    Row peer =
        new Row(
            "group-commit",
            "threads=16",
            Level.SYNC,
            Contestant.of("rocksdb", Kind.PEER),
            new Score(12345.678912, 12000, 12691.4, "ops/s"));
    assertEquals(
        """
        question,params,durability,system,kind,score,low,high,unit
        append-steady,size=100,NONE,varve,ours,40.5000,39.0000,42.0000,ns/op
        group-commit,threads=16,SYNC,rocksdb,peer,12345.6789,12000.0000,12691.4000,ops/s
        """,
        SummaryCsv.of(List.of(ours, peer)));
  }

  @Test
  void withoutRowsThereIsTheHeader() {
    assertEquals(
        "question,params,durability,system,kind,score,low,high,unit\n", SummaryCsv.of(List.of()));
  }
}
