package dev.varve.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.questions.Footprint;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The formats on which notebooks and comparisons rely. */
class ResultCsvTest {
  private static final Row OURS =
      new Row(
          "append-steady",
          "size=100",
          "ext4",
          Level.NONE,
          Contestant.of("varve", Kind.OURS),
          new Score(40.5, 39, 42, "ns/op"));
  private static final Row PEER =
      new Row(
          "group-commit",
          "threads=16",
          "ext4",
          Level.SYNC,
          Contestant.of("rocksdb", Kind.PEER),
          new Score(12345.678912, 12000, 12691.4, "ops/s"));
  private static final Costs KNOWN = new Costs(1.5, 2, 3, new Footprint(1000, 1000, 4096, 8192));
  private static final List<Fork> FORKS =
      List.of(new Fork(1, 1, List.of(OURS), KNOWN), new Fork(1, 2, List.of(PEER), Costs.UNKNOWN));

  @TempDir Path folder;

  @Test
  void everyRowIsALineOfTheSummaryInTheOrderOfTheHeader() {
    assertEquals(
        """
        question,params,medium,durability,system,kind,score,low,high,unit
        append-steady,size=100,ext4,NONE,varve,ours,40.5000,39.0000,42.0000,ns/op
        group-commit,threads=16,ext4,SYNC,rocksdb,peer,12345.6789,12000.0000,12691.4000,ops/s
        """,
        ResultCsv.summary(List.of(OURS, PEER)));
  }

  @Test
  void theRoundsHaveEveryFigureAsItWasMeasured() {
    assertEquals(
        """
        round,place,question,params,medium,durability,system,kind,score,low,high,unit
        1,1,append-steady,size=100,ext4,NONE,varve,ours,40.5,39.0,42.0,ns/op
        1,2,group-commit,threads=16,ext4,SYNC,rocksdb,peer,12345.678912,12000.0,12691.4,ops/s
        """,
        ResultCsv.rounds(FORKS));
  }

  @Test
  void whatIsNotKnownOfTheCostsStaysEmpty() {
    assertEquals(
        """
        round,place,question,params,medium,durability,system,kind,allocatedBytesPerOp,gcCount,\
        gcMillis,payloadBytes,heldBytes,diskBytes,writtenBytes
        1,1,append-steady,size=100,ext4,NONE,varve,ours,1.500,2.000,3.000,1000.000,1000.000,\
        4096.000,8192.000
        1,2,group-commit,threads=16,ext4,SYNC,rocksdb,peer,,,,,,,
        """,
        ResultCsv.costs(FORKS));
  }

  @Test
  void forksAreReadAsTheyWereWritten() throws IOException {
    RunFolder run = run("");
    run.writeForks(FORKS);
    assertEquals(ResultCsv.rounds(FORKS), ResultCsv.rounds(run.forks()));
    assertEquals(ResultCsv.costs(FORKS), ResultCsv.costs(run.forks()));
    assertEquals(ResultCsv.summary(List.of(OURS, PEER)), ResultCsv.summary(run.rows()));
  }

  @Test
  void olderFilesWithoutMediumAndIntervalAreRead() throws IOException {
    Files.writeString(
        folder.resolve("rounds.csv"),
        """
        round,place,question,params,durability,system,kind,score,unit
        1,1,append,size=100,NONE,varve,ours,50.0,ns/op
        """);
    Row row = run("xfs").forks().getFirst().rows().getFirst();
    assertEquals("xfs", row.medium());
    assertEquals(new Score(50, Double.NaN, Double.NaN, "ns/op"), row.score());
  }

  @Test
  void theScoreOfSeveralForksIsTheirMeanWithStudentsInterval() {
    List<Fork> forks = new ArrayList<>();
    for (double score : new double[] {40, 41, 42}) {
      Row row = OURS.scored(new Score(score, score - 9, score + 9, "ns/op"));
      forks.add(new Fork(forks.size() + 1, 1, List.of(row), Costs.UNKNOWN));
    }
    Score score = Fork.rows(forks).getFirst().score();
    assertEquals(41, score.value());
    // Deviation 1, so 1 / sqrt(3) times the 97.5 % quantile of t with two degrees of freedom.
    assertEquals(41 - 2.4841, score.low(), 0.0001);
    assertEquals(41 + 2.4841, score.high(), 0.0001);
  }

  @Test
  void theFlatFileHasTheMeansOfTheCostsThatAreKnown() throws IOException {
    RunFolder run = run("ext4");
    Costs more = new Costs(2.5, 4, 5, Footprint.UNKNOWN);
    run.writeForks(
        List.of(
            new Fork(1, 1, List.of(OURS), KNOWN),
            new Fork(2, 1, List.of(OURS), more),
            new Fork(1, 2, List.of(PEER), Costs.UNKNOWN)));
    assertEquals(
        FlatCsv.HEADER
            + """

            append-steady,size=100,ext4,NONE,varve,ours,40.5000,,,ns/op,\
            2,2.000,3.000,4.000,1000.000,1000.000,4096.000,8192.000
            group-commit,threads=16,ext4,SYNC,rocksdb,peer,12345.6789,12000.0000,12691.4000,ops/s,\
            1,,,,,,,
            """,
        FlatCsv.of(run));
  }

  @Test
  void twoForksHaveAMeanAndNoInterval() throws IOException {
    RunFolder run = run("ext4");
    run.writeForks(List.of(FORKS.getFirst(), new Fork(2, 1, List.of(OURS), Costs.UNKNOWN)));
    assertTrue(
        Files.readString(folder.resolve("summary.csv")).endsWith("varve,ours,40.5000,,,ns/op\n"));
    assertTrue(Double.isNaN(run.rows().getFirst().score().low()));
  }

  @Test
  void whatIsWrongIsSaidWithFileAndLine() throws IOException {
    String header = ResultCsv.SUMMARY_HEADER + "\n";
    assertBroken(header + "a,b\n", "summary.csv, line 2: 2 fields, not 10");
    assertBroken(header + "q,p,m,NONE,s,ours,x,1,1,u\n", "line 2: score is not a number: x");
    assertBroken(header + "q,p,m,NEVER,s,ours,1,1,1,u\n", "durability is not known: NEVER");
    for (String none : new String[] {"", "-1", "NaN", "Infinity"}) {
      String line = header + "q,p,m,NONE,s,ours," + none + ",1,1,u\n";
      assertBroken(line, "line 2: score is no figure: " + none);
    }
    assertBroken("question\nq\n", "line 1: there is no column score");
    assertBroken("", "summary.csv: there is no header");
  }

  @Test
  void bytesThatAreNoTextAreSaidWithTheirFile() throws IOException {
    RunFolder run = run("ext4");
    Files.write(folder.resolve("summary.csv"), new byte[] {'q', (byte) 0xff, '\n'});
    IOException e = assertThrows(BrokenResult.class, run::rows);
    assertTrue(
        String.valueOf(e.getMessage()).contains("summary.csv: it is not UTF-8"), e::getMessage);
  }

  @Test
  void aFolderWithoutAnEnvironmentIsNoResult() {
    IOException e = assertThrows(BrokenResult.class, () -> RunFolder.open(folder));
    assertTrue(String.valueOf(e.getMessage()).contains("no environment.json"), e::getMessage);
  }

  @Test
  void aNewerSchemaIsRefused() throws IOException {
    Files.writeString(folder.resolve("environment.json"), "{\"schemaVersion\": 99}");
    IOException e = assertThrows(BrokenResult.class, () -> RunFolder.open(folder));
    assertTrue(String.valueOf(e.getMessage()).contains("schema version 99"), e::getMessage);
  }

  private void assertBroken(String summary, String reason) throws IOException {
    Files.writeString(folder.resolve("summary.csv"), summary);
    RunFolder run = run("ext4");
    IOException e = assertThrows(BrokenResult.class, run::rows);
    assertTrue(String.valueOf(e.getMessage()).contains(reason), e::getMessage);
  }

  private RunFolder run(String fileSystem) throws IOException {
    Files.writeString(
        folder.resolve("environment.json"),
        "{\"schemaVersion\": 1, \"fileSystem\": \"%s\"}".formatted(fileSystem));
    return RunFolder.open(folder);
  }
}
