package dev.varve.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.results.BrokenResult;
import dev.varve.bench.results.ResultCsv;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.VerdictsCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a report say. */
class ReportTest {
  private static final String HOSTILE =
      "</title></style></svg><script>alert(1)</script>\"'<img src=x>";
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]*)\"");

  @TempDir Path folder;

  private Path run(String text) throws IOException {
    Path run = Files.createDirectories(folder.resolve("a run"));
    Files.writeString(
        run.resolve("environment.json"),
        """
        {"schemaVersion": 1, "fileSystem": "ext4", "cpu": "%s", "command": "%s"}
        """
            .formatted(text.replace("\"", "\\\""), text.replace("\"", "\\\"")));
    Files.writeString(
        run.resolve("summary.csv"),
        ResultCsv.SUMMARY_HEADER
            + "\n"
            + "%1$s,%1$s;size=1,%1$s,NONE,%1$s,ours,1,1,1,%1$s\n".formatted(text)
            + "%1$s,%1$s;size=2,%1$s,NONE,%1$s,ours,3,1,4,%1$s\n".formatted(text));
    Files.writeString(
        run.resolve(VerdictsCsv.FILE),
        VerdictsCsv.HEADER
            + "\n"
            + "%1$s,%1$s,%1$s,NONE,%1$s,%1$s,comparison,5,,,,,,,,none,%1$s\n".formatted(text));
    Files.writeString(
        run.resolve("rounds.csv"),
        ResultCsv.ROUNDS_HEADER
            + "\n1,1,%1$s,%1$s;size=1,%1$s,NONE,%1$s,ours,1,1,1,%1$s\n".formatted(text));
    Files.writeString(
        run.resolve("costs.csv"),
        ResultCsv.COSTS_HEADER
            + "\n1,1,%1$s,%1$s;size=1,%1$s,NONE,%1$s,ours,5,1,2,100,50,100,300\n".formatted(text));
    return run;
  }

  @Test
  void whatFilesSayStaysText() throws IOException {
    Path run = run(HOSTILE);
    new Report(RunFolder.open(run)).write(run);
    List<Path> written = written(run);
    assertEquals(2 + 6, written.size(), written::toString);
    for (Path file : written) {
      String text = Files.readString(file);
      assertFalse(text.contains("<script"), file::toString);
      assertFalse(text.contains("<img src=x"), file::toString);
      assertTrue(text.contains("&lt;script&gt;"), file::toString);
    }
  }

  @Test
  void linksLeadToTheFilesFromWhereverTheReportIs() throws IOException {
    Path run = run("plain");
    for (Path out : List.of(run, folder.resolve("else/where"))) {
      new Report(RunFolder.open(run)).write(out);
      for (Path file : written(out)) {
        Matcher links = LINK.matcher(Files.readString(file));
        while (links.find()) {
          if (!links.group(1).isEmpty() && !links.group(1).startsWith("data:")) {
            Path target = file.resolveSibling(links.group(1).replace("%20", " "));
            assertTrue(Files.exists(target), () -> file + " links " + target);
          }
        }
      }
    }
  }

  @Test
  void diskUseIsShownPerByteHeldAndPerByteOfPayload() throws IOException {
    Path run = run("plain");
    new Report(RunFolder.open(run)).write(run);
    String page = Files.readString(run.resolve(Report.PAGE));
    assertTrue(page.contains("2.00× payload"), page);
    assertTrue(page.contains("3.00× payload"), page);
    assertTrue(page.contains("memory and garbage collection"), page);
  }

  @Test
  void brokenFilesAreSaidWithTheirLine() throws IOException {
    for (String file : List.of("summary.csv", "rounds.csv", "costs.csv", VerdictsCsv.FILE)) {
      Path run = run("plain");
      Files.writeString(run.resolve(file), Files.readString(run.resolve(file)) + "broken\n");
      int line = Files.readAllLines(run.resolve(file)).size();
      IOException e = assertThrows(BrokenResult.class, () -> new Report(RunFolder.open(run)));
      assertTrue(String.valueOf(e.getMessage()).contains(file + ", line " + line), e::getMessage);
    }
  }

  @Test
  void aRunWithNothingButItsEnvironmentHasAPage() throws IOException {
    Path run = run("plain");
    for (String file : List.of("summary.csv", "rounds.csv", "costs.csv", VerdictsCsv.FILE)) {
      Files.delete(run.resolve(file));
    }
    new Report(RunFolder.open(run)).writePage(run);
    assertTrue(Files.readString(run.resolve(Report.PAGE)).contains("plain"));
  }

  private static List<Path> written(Path out) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(file -> file.toString().matches(".*\\.(html|svg|md)")).toList();
    }
  }
}
