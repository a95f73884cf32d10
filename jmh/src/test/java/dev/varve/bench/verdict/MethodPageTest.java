package dev.varve.bench.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the method promises holds at the noise of the committed runs, and {@code docs/method.md}
 * shows what the simulation says. {@code -Dcurves.write=true} writes its tables anew.
 */
class MethodPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("varve.root", ".."), "docs", "method.md");
  private static final String BEGIN = "<!-- simulated, see MethodPageTest -->\n";
  private static final String END = "<!-- end of what is simulated -->\n";
  private static final int RUNS = 1000;
  private static final List<Integer> FALSE_ROUNDS = List.of(13, Family.USUAL_ROUNDS);
  private static final List<Integer> ROUNDS = List.of(13, 16, Family.USUAL_ROUNDS, 24);
  private static final List<Double> SLOWDOWNS = List.of(0.02, 0.05, 0.1, 0.2, 0.5);
  private static final String RESTLESS = "reopen";

  private static Map<String, Noise> recorded = Map.of();
  private static Map<Integer, Integer> falseRuns = Map.of();

  @BeforeAll
  static void simulate() throws IOException {
    recorded = Simulation.recorded();
    List<Noise> questions = List.copyOf(recorded.values());
    falseRuns = new LinkedHashMap<>();
    FALSE_ROUNDS.forEach(
        rounds -> falseRuns.put(rounds, Simulation.falseRuns(questions, rounds, RUNS, rounds)));
  }

  @Test
  void onRecordedNoiseFalseVerdictsStayWithinTheStatedRate() {
    int allowed = Binomial.quantile999(RUNS, Family.FALSE_VERDICTS);
    falseRuns.forEach(
        (rounds, count) -> assertTrue(count <= allowed, rounds + " rounds: " + count));
  }

  @Test
  void aSlowdownOfTenPercentIsFoundInNineRunsOfTenUnlessTheQuestionIsRestless() {
    recorded.forEach(
        (question, noise) ->
            assertTrue(
                question.equals(RESTLESS) || power(noise, 0.1, Family.USUAL_ROUNDS) >= 0.9,
                question));
  }

  @Test
  void thePageShowsWhatTheSimulationSays() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String simulated = simulated();
    if (Boolean.getBoolean("curves.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + simulated + page.substring(end));
    } else {
      assertEquals(simulated, page.substring(begin, end));
    }
  }

  private static String simulated() throws IOException {
    Map<String, Noise> rows = new LinkedHashMap<>(recorded);
    rows.put(
        "append-steady from run to run",
        RecordedNoise.fromRunToRun("append-steady,size=100,NONE,"));
    rows.put(
        "durable-append from run to run",
        RecordedNoise.fromRunToRun("durable-append,records=1,SYNC,"));
    return "Runs with a false verdict, of %d in which nothing differs:\n\n%s\n"
            .formatted(RUNS, falseTable())
        + "How often a slowdown is found in %d rounds, by its size:\n\n%s\n"
            .formatted(Family.USUAL_ROUNDS, bySize(rows))
        + "How often a slowdown of 10 %% is found, by rounds:\n\n%s".formatted(byRounds(rows));
  }

  private static String falseTable() {
    return head("", FALSE_ROUNDS.stream().map(rounds -> rounds + " rounds"))
        + line("runs", falseRuns.values().stream().map(String::valueOf));
  }

  private static String bySize(Map<String, Noise> rows) {
    return head("our row of", SLOWDOWNS.stream().map(MethodPageTest::percent))
        + lines(
            rows, noise -> SLOWDOWNS.stream().map(size -> power(noise, size, Family.USUAL_ROUNDS)));
  }

  private static String byRounds(Map<String, Noise> rows) {
    return head("our row of", ROUNDS.stream().map(rounds -> rounds + " rounds"))
        + lines(rows, noise -> ROUNDS.stream().map(rounds -> power(noise, 0.1, rounds)));
  }

  private static String lines(Map<String, Noise> rows, Function<Noise, Stream<Double>> powers) {
    return rows.entrySet().stream()
        .map(row -> line(row.getKey(), powers.apply(row.getValue()).map(MethodPageTest::percent)))
        .collect(Collectors.joining());
  }

  private static String head(String first, Stream<String> cells) {
    List<String> names = cells.toList();
    return line(first, names.stream()) + "|---".repeat(names.size() + 1) + "|\n";
  }

  private static String line(String first, Stream<String> cells) {
    return "| %s | %s |\n".formatted(first, cells.collect(Collectors.joining(" | ")));
  }

  private static double power(Noise noise, double slowdown, int rounds) {
    return Simulation.power(noise, slowdown, rounds, RUNS, 7);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
