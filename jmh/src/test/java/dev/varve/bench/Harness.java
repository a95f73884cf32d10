package dev.varve.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The runner as a process.
 *
 * @param root where it works, and leaves its results
 */
record Harness(Path root) {
  /** How a process ended and what it printed. */
  record Outcome(int exit, String output) {}

  /** Runs a program to its end. */
  Outcome run(Class<?> main, Map<String, String> properties, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(main, properties, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  /** Starts a program; without arguments it is a brief run of the harness. */
  Process start(Class<?> main, Map<String, String> properties, String... arguments)
      throws IOException {
    Map<String, String> all = new TreeMap<>(properties);
    if (arguments.length == 0 && !properties.containsKey(Settings.RESUME)) {
      all.putIfAbsent("bench", "");
      all.putIfAbsent("jmh.args", "-wi 0 -i 2 -r 10ms");
    }
    // A lock file of JMH of its own: other runs on this machine are none of our business.
    all.put("java.io.tmpdir", Files.createDirectories(root.resolve("tmp")).toString());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
