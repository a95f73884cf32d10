package dev.varve.bench.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.varve.bench.questions.LogQuestion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Durable means synced: the system calls of a process that appends are watched with strace. Each
 * durable append has at least one sync of its own; without durability the appending thread has
 * none, and what is done in the background, such as after opening, has fewer than there are
 * appends: that shows that the watching can tell. Where strace is missing or forbidden the test is
 * skipped, except in continuous integration (the variable CI is set), where that is a failure.
 */
class DurableSystemsSyncTest {
  private static final Pattern SYNC =
      Pattern.compile("\\b(fsync|fdatasync|sync_file_range)\\(|\\bmsync\\(.*MS_SYNC");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> durableAppendsSyncAndOthersDoNot() throws Exception {
    List<String> calls = watch();
    return Systems.all().stream()
        .flatMap(
            system ->
                Stream.of(Level.values())
                    .filter(level -> system.fit(SyncProbe.workload(level)) instanceof Fit.Yes)
                    .map(
                        level ->
                            dynamicTest(
                                system.name() + " " + level, () -> check(system, level, calls))));
  }

  private static void check(LogSystem system, Level level, List<String> calls) {
    int begin = indexOf(calls, SyncProbe.begin(system, level));
    int end = indexOf(calls, SyncProbe.end(system, level));
    List<String> between = calls.subList(begin, end);
    long syncs = between.stream().filter(SYNC.asPredicate()).count();
    if (level == Level.SYNC) {
      assertTrue(syncs >= SyncProbe.APPENDS, () -> syncs + " syncs in " + between);
    } else {
      String appending = calls.get(begin).split(" ", 2)[0] + " ";
      assertTrue(between.stream().noneMatch(call -> isSyncOf(appending, call)), between::toString);
      assertTrue(syncs < SyncProbe.APPENDS, between::toString);
    }
  }

  private static boolean isSyncOf(String thread, String call) {
    return call.startsWith(thread) && SYNC.matcher(call).find();
  }

  private static int indexOf(List<String> calls, String mark) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).contains("mkdir") && calls.get(i).contains("/" + mark + "\"")) {
        return i;
      }
    }
    throw new AssertionError("no call made the folder " + mark);
  }

  private List<String> watch() throws IOException, InterruptedException {
    Path trace = folder.resolve("trace");
    List<String> command =
        new ArrayList<>(
            List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-s",
                "4096",
                "-e",
                "trace=fsync,fdatasync,msync,sync_file_range,mkdir,mkdirat",
                "-o",
                trace.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LogQuestion.forkFlags());
    command.addAll(List.of("-cp", classPath(), SyncProbe.class.getName(), folder.toString()));
    requireStrace();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return Files.readAllLines(trace);
  }

  /** Some containers have strace and forbid what it does. */
  private static void requireStrace() throws IOException, InterruptedException {
    boolean works;
    try {
      works =
          new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException e) {
      works = false;
    }
    String reason = "strace is missing or forbidden here: install the package strace";
    if (System.getenv("CI") != null) {
      assertTrue(works, reason);
    } else if (!works) {
      System.err.println("Skipped the test that durable systems really sync: " + reason);
    }
    assumeTrue(works, reason);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
