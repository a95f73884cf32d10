package dev.varve.bench;

import dev.varve.bench.questions.Questions;
import java.io.IOException;

/**
 * Runs the benchmarks. With arguments it is the plain JMH command line; without any, and with the
 * system properties that {@code mvn -Pbench verify} passes, it is the comparison of {@link Bench}.
 */
public final class Main {
  private Main() {}

  /** Ends the JVM with an exit code that is 0 only when all went well. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0 || !Settings.asked()) {
      org.openjdk.jmh.Main.main(args);
      return;
    }
    System.exit(compare());
  }

  private static int compare() throws IOException, InterruptedException {
    Settings settings;
    try {
      settings = Settings.read();
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
      return Bench.REFUSED;
    }
    return new Bench(settings, System.out).run(Questions.all());
  }
}
