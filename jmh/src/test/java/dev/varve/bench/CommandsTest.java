package dev.varve.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.questions.Question;
import dev.varve.bench.questions.Questions;
import dev.varve.bench.questions.Scratch;
import dev.varve.bench.results.FlatCsv;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final Path MAPPED =
      Path.of(System.getProperty("varve.root", ".."), "results", "2026-11-21_mapped_x86-64-2core");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter usage = new StringWriter();
  private final StringWriter complaint = new StringWriter();

  private int execute(String... arguments) {
    return Commands.of(new PrintStream(out, true, StandardCharsets.UTF_8))
        .setOut(new PrintWriter(usage))
        .setErr(new PrintWriter(complaint))
        .execute(arguments);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void listNamesEveryQuestion() {
    assertEquals(0, execute("list"));
    for (Question question : Questions.all()) {
      assertTrue(output().contains(question.name()), question::name);
    }
  }

  @Test
  void helpNamesEveryCommand() {
    assertEquals(0, execute("--help"));
    for (String command :
        new String[] {
          "quick", "run", "list", "report", "doctor", "export", "compare", "reproduce"
        }) {
      assertTrue(usage.toString().contains(command), usage::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"quick", "run", "list", "report", "doctor", "export", "compare", "reproduce"})
  void everyCommandHasHelp(String command) {
    assertEquals(0, execute(command, "--help"));
    assertTrue(usage.toString().startsWith("Usage: bench " + command), usage::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"quack", "quick --systens=a", "run --mode=fast", "run --rounds=many", "export x"})
  void whatIsNotUnderstoodIsRefused(String line) {
    assertEquals(2, execute(line.split(" ", -1)));
  }

  @Test
  void nothingToCallIsRefusedWithTheUsage() {
    assertEquals(2, execute());
    assertTrue(complaint.toString().contains("COMMAND"), complaint::toString);
  }

  @Test
  void doctorTellsOfTheFolderThatItIsGiven(@TempDir Path folder) {
    int exit = execute("doctor", "--dir", folder.toString());
    assertEquals(output().contains("DOUBT") ? 1 : 0, exit);
    assertTrue(output().contains("free space"), output());
  }

  @Test
  void reportWritesAPageOfACommittedRun(@TempDir Path folder) {
    Path run = Scratch.root().resolve("results/2026-11-21_mapped_x86-64-2core");
    assertEquals(0, execute("report", run.toString(), "--out", folder.toString()));
    assertTrue(output().contains("report.html"), output());
    assertTrue(Files.exists(folder.resolve("report.html")));
    assertTrue(Files.exists(folder.resolve("charts/append-steady-size-100-none-ext4.svg")));
  }

  @Test
  void reportOfABrokenRunIsRefusedWithFileAndLine(@TempDir Path folder) throws IOException {
    assertEquals(2, execute("report", folder.toString()));
    assertTrue(complaint.toString().contains("no result of a run"), complaint::toString);
    Files.writeString(folder.resolve("environment.json"), "{\"schemaVersion\": 1}");
    Files.writeString(folder.resolve("summary.csv"), "question\nq,r\n");
    assertEquals(2, execute("report", folder.toString()));
    assertTrue(complaint.toString().contains("summary.csv, line 2"), complaint::toString);
    assertFalse(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void aRunThatMeasuredNothingHasNoReport(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("environment.json"), "{\"schemaVersion\": 2}");
    assertEquals(2, execute("report", folder.toString()));
    assertTrue(complaint.toString().contains("has no figures"), complaint::toString);
    assertFalse(Files.exists(folder.resolve("report.html")));
  }

  @Test
  void exportPrintsTheJsonOfJmhAndNothingElse() throws IOException {
    assertEquals(0, execute("export", MAPPED.toString(), "--format", "jmh"));
    assertEquals(Files.readString(MAPPED.resolve("jmh.json")), output());
  }

  @Test
  void exportWritesTheSummaryAndItsCostsToAFile(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("flat.csv");
    assertEquals(
        0, execute("export", MAPPED.toString(), "--format", "csv", "--out", csv.toString()));
    List<String> lines = Files.readAllLines(csv);
    assertEquals(FlatCsv.HEADER, lines.getFirst());
    assertEquals(
        "append-steady,size=100,ext4,NONE,varve,ours,48.0216,46.7862,49.2571,ns/op,5,,,,,,,",
        lines.get(1));
    assertEquals("", output());
  }

  @Test
  void aFolderThatIsNoResultIsRefusedInALine(@TempDir Path folder) {
    assertEquals(2, execute("export", folder.toString(), "--format", "csv"));
    assertTrue(complaint.toString().contains("no result of a run"), complaint::toString);
    assertEquals(1, complaint.toString().lines().count(), complaint::toString);
  }

  @Test
  void aResultWhoseRevisionIsNotHereCannotBeReproduced(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("environment.json"),
        "{\"schemaVersion\": 2, \"commit\": \"%s\"}".formatted("0".repeat(40)));
    assertEquals(2, execute("reproduce", folder.toString()));
    assertTrue(complaint.toString().contains("not in this repository"), complaint::toString);
  }

  @Test
  void onlyTwoOfAKindAreComparedAndOnlyRevisionsThatThereAre() {
    assertEquals(2, execute("compare", MAPPED.toString(), "HEAD"));
    assertEquals(2, execute("compare", "no-such-revision", "nor-this"));
    assertTrue(complaint.toString().contains("no revision of this repository"));
  }
}
