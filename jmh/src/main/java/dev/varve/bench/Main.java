package dev.varve.bench;

import dev.varve.bench.questions.Questions;
import java.io.IOException;
import java.util.Map;

/**
 * Runs the benchmarks. With arguments it is the plain JMH command line; without any, and with the
 * system properties that {@code mvn -Pbench verify} passes, it is the comparison of {@link Bench}.
 */
public final class Main {
  private Main() {}

  /** Ends the JVM with an exit code that is 0 only when all went well. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> asked = Settings.properties();
    if (args.length > 0 || asked.isEmpty()) {
      org.openjdk.jmh.Main.main(args);
      return;
    }
    System.exit(compare(asked));
  }

  /** Runs what is asked for and returns the exit code. */
  static int compare(Map<String, String> asked) throws InterruptedException {
    Settings settings;
    try {
      settings = Settings.of(asked);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
      return Bench.REFUSED;
    }
    try {
      return new Bench(settings, System.out).run(Questions.all());
    } catch (IOException e) {
      System.out.println(Bench.explain(e));
      return Bench.REFUSED;
    }
  }
}
