package dev.varve.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the benchmarks. With arguments it is the plain JMH command line; without, it reads the
 * system properties that {@code mvn -Pbench verify} passes on, where an empty one counts as absent.
 */
public final class Main {
  private static final List<String> SMOKE =
      List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "100ms");

  private Main() {}

  /** Runs JMH, and ends the JVM with its exit code. */
  public static void main(String[] args) throws IOException {
    if (Main.class.getResource("/META-INF/BenchmarkList") == null) {
      System.out.println("There is no benchmark yet.");
      return;
    }
    org.openjdk.jmh.Main.main(args.length > 0 ? args : argumentsFromProperties());
  }

  private static String[] argumentsFromProperties() {
    List<String> arguments = new ArrayList<>(List.of("-foe", "true"));
    if (System.getProperty("bench.mode", "").equals("smoke")) {
      arguments.addAll(SMOKE);
    }
    addWords(arguments, System.getProperty("jmh.args", ""));
    addWords(arguments, System.getProperty("bench", ""));
    return arguments.toArray(String[]::new);
  }

  private static void addWords(List<String> arguments, String words) {
    for (String word : words.split("\\s+", -1)) {
      if (!word.isEmpty()) {
        arguments.add(word);
      }
    }
  }
}
