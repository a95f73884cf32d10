package dev.varve.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that compares two results: what it prints and its exit code. */
class CompareFoldersTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void somethingThatBecameSlowerIsARegression() throws IOException {
    String before = run("a", "Z80", 10);
    String after = run("b", "Z80", 13);
    assertEquals(1, execute("compare", before, after));
    assertTrue(output().contains("slower"), output());
    assertTrue(output().contains("What this cannot see"), output());
    assertEquals(0, execute("compare", after, before));
    assertTrue(output().contains("faster"), output());
  }

  @Test
  void theSameIsFine() throws IOException {
    assertEquals(0, execute("compare", run("a", "Z80", 10), run("b", "Z80", 10)));
    assertTrue(output().contains("cannot tell"), output());
  }

  @Test
  void anotherMachineIsRefusedUnlessForcedWhichIsSaidFirst() throws IOException {
    String before = run("a", "Z80", 10);
    String after = run("b", "6502", 10);
    assertEquals(2, execute("compare", before, after));
    assertTrue(output().contains("cpu: Z80, and 6502"), output());
    out.reset();
    assertEquals(0, execute("compare", before, after, "--force"));
    assertTrue(output().startsWith("FORCED") && output().contains("cannot tell"), output());
  }

  @Test
  void whatIsMeantForRevisionsIsRefused() throws IOException {
    assertEquals(2, execute("compare", run("a", "Z80", 10), run("b", "Z80", 10), "--rounds", "3"));
    assertEquals("", output());
  }

  private int execute(String... arguments) {
    return Commands.of(new PrintStream(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(arguments);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Twelve rounds of ours and the limit, which takes five nanoseconds. */
  private String run(String name, String cpu, double nanos) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        run.resolve("environment.json"),
        "{\"schemaVersion\": 2, \"fileSystem\": \"ext4\", \"cpu\": \"%s\"}".formatted(cpu));
    StringBuilder rounds =
        new StringBuilder("round,place,question,params,durability,system,kind,score,unit\n");
    Random random = new Random(name.hashCode());
    for (int round = 1; round <= 12; round++) {
      double score = nanos + 0.3 * random.nextGaussian();
      rounds.append(round + ",1,append,size=1,NONE,varve,ours," + score + ",ns/op\n");
      rounds.append(round + ",2,append,size=1,NONE,limit,limit,5,ns/op\n");
    }
    Files.writeString(run.resolve("rounds.csv"), rounds);
    return run.toString();
  }
}
