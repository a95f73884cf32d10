package dev.varve.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.questions.Question;
import dev.varve.bench.questions.Questions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
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
    for (String command : new String[] {"quick", "run", "list", "doctor"}) {
      assertTrue(usage.toString().contains(command), usage::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quack", "quick --systens=a", "run --mode=fast", "run --rounds=many"})
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
}
