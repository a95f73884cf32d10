package dev.varve.bench.verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What our row of a question scattered by in the committed runs, iteration by iteration. A fork is
 * simulated by drawing as many iterations as a fork of a verdict run has from one recorded fork.
 * The recorded ones deviate from a mean that they made themselves, which takes a part of what they
 * scatter by; they are widened by as much.
 */
record RecordedNoise(List<double[]> forks, int iterations) implements Noise {
  private static final Path RESULTS = Path.of(System.getProperty("varve.root", ".."), "results");
  private static final List<String> RUNS =
      List.of(
          "2026-11-21_quick_x86-64-2core",
          "2026-11-21_full_x86-64-2core",
          "2026-11-21_full2_x86-64-2core");
  private static final Pattern SCORES = Pattern.compile("\"rawData\" : \\[\\s*\\[([^]]*)]");

  /**
   * Reads the noise of a row.
   *
   * @param iterations how many a fork of a verdict run has
   * @param words what JMH's entry of the row contains: its method and its parameters
   */
  static RecordedNoise of(int iterations, String... words) throws IOException {
    List<double[]> forks = new ArrayList<>();
    for (String run : RUNS) {
      String json = Files.readString(RESULTS.resolve(run).resolve("jmh.json"));
      Arrays.stream(json.split("\"jmhVersion\"", -1))
          .filter(entry -> Arrays.stream(words).allMatch(entry::contains))
          .map(entry -> deviations(scores(entry)))
          .forEach(forks::add);
    }
    if (forks.isEmpty()) {
      throw new IllegalArgumentException("no committed run has " + Arrays.toString(words));
    }
    return new RecordedNoise(forks, iterations);
  }

  /**
   * Reads what the rows of others than us scattered by from run to run, hours apart and at another
   * load of the machine: more than the rounds of one run can.
   *
   * @param row the beginning of its lines in the summary: question, parameters and durability
   */
  static RecordedNoise fromRunToRun(String row) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String run : RUNS) {
      lines.addAll(Files.readAllLines(RESULTS.resolve(run).resolve("summary.csv")));
    }
    List<double[]> systems =
        lines.stream()
            .map(line -> line.split(",", -1))
            .filter(line -> String.join(",", line).startsWith(row) && !line[4].equals("ours"))
            .collect(
                Collectors.groupingBy(
                    line -> line[3],
                    TreeMap::new,
                    Collectors.mapping(line -> Double.parseDouble(line[5]), Collectors.toList())))
            .values()
            .stream()
            .filter(scores -> scores.size() > 1)
            .map(scores -> deviations(scores.stream().mapToDouble(score -> score)))
            .toList();
    return new RecordedNoise(systems, 1);
  }

  private static DoubleStream scores(String entry) {
    Matcher matcher = SCORES.matcher(entry);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no raw data in " + entry);
    }
    return Arrays.stream(matcher.group(1).split(",", -1)).mapToDouble(Double::parseDouble);
  }

  private static double[] deviations(DoubleStream recorded) {
    double[] scores = recorded.toArray();
    double mean = Arrays.stream(scores).average().orElseThrow();
    double wider = StrictMath.sqrt(scores.length / (scores.length - 1.0));
    return Arrays.stream(scores).map(score -> wider * (score / mean - 1)).toArray();
  }

  @Override
  public double log(Random random) {
    double[] fork = forks.get(random.nextInt(forks.size()));
    double sum = 0;
    for (int i = 0; i < iterations; i++) {
      sum += fork[random.nextInt(fork.length)];
    }
    return StrictMath.log(1 + sum / iterations);
  }
}
