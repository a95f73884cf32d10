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
import java.util.Set;
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
  private static final List<Integer> FALSE_ROUNDS = List.of(Family.USUAL_ROUNDS, 24);
  private static final List<Integer> ROUNDS = List.of(13, Family.USUAL_ROUNDS, 20, 24);
  private static final List<Double> SLOWDOWNS = List.of(0.02, 0.05, 0.1, 0.2, 0.5);

  private static Map<List<String>, Map<String, Noise>> recorded = Map.of();

  /** For the noise of each how many of the simulated ones have a false verdict, by their rounds. */
  private static Map<List<String>, List<Integer>> falseRuns = Map.of();

  @BeforeAll
  static void simulate() throws IOException {
    recorded = new LinkedHashMap<>();
    falseRuns = new LinkedHashMap<>();
    for (List<String> runs : List.of(RecordedNoise.TAKING_TURNS, RecordedNoise.ONE_BY_ONE)) {
      Map<String, Noise> noise = RecordedNoise.of(runs);
      recorded.put(runs, noise);
      falseRuns.put(runs, FALSE_ROUNDS.stream().map(rounds -> falseRuns(noise, rounds)).toList());
    }
  }

  @Test
  void onRecordedNoiseFalseVerdictsStayWithinTheStatedRate() {
    int allowed = Binomial.quantile999(RUNS, Family.FALSE_VERDICTS);
    falseRuns.forEach(
        (runs, counts) ->
            assertTrue(counts.stream().allMatch(count -> count <= allowed), runs + ": " + counts));
  }

  @Test
  void slowdownsOfTenPercentAreFoundInNineRunsOfTen() {
    Set<String> missed =
        noise(RecordedNoise.TAKING_TURNS).entrySet().stream()
            .filter(question -> power(question.getValue(), 0.1, Family.USUAL_ROUNDS) < 0.9)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertEquals(Set.of(), missed);
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

  private static String simulated() {
    return "Runs with a false verdict, of %d in which nothing differs:\n\n%s\n"
            .formatted(RUNS, falseTable())
        + powers(RecordedNoise.TAKING_TURNS);
  }

  private static String falseTable() {
    return head("at the noise of", FALSE_ROUNDS.stream().map(rounds -> rounds + " rounds"))
        + falseRuns.entrySet().stream()
            .map(runs -> line(named(runs.getKey()), runs.getValue().stream().map(String::valueOf)))
            .collect(Collectors.joining());
  }

  private static String powers(List<String> runs) {
    return "How often a slowdown is found at the noise of %s, in %d rounds by its size:\n\n%s\n"
            .formatted(named(runs), Family.USUAL_ROUNDS, bySize(noise(runs)))
        + "And how often one of 10 %% is, by rounds:\n\n%s".formatted(byRounds(noise(runs)));
  }

  private static String named(List<String> runs) {
    return "`" + String.join("` and `", runs) + "`";
  }

  private static String bySize(Map<String, Noise> rows) {
    return head("ours in", SLOWDOWNS.stream().map(MethodPageTest::percent))
        + lines(
            rows, noise -> SLOWDOWNS.stream().map(size -> power(noise, size, Family.USUAL_ROUNDS)));
  }

  private static String byRounds(Map<String, Noise> rows) {
    Stream<String> heads =
        Stream.concat(
            ROUNDS.stream().map(rounds -> rounds + " rounds"),
            Stream.of("%d of twice the forks".formatted(Family.USUAL_ROUNDS)));
    return head("ours in", heads)
        + lines(
            rows,
            noise ->
                Stream.concat(
                    ROUNDS.stream().map(rounds -> power(noise, 0.1, rounds)),
                    Stream.of(power(noise.mean(2), 0.1, Family.USUAL_ROUNDS))));
  }

  private static String lines(Map<String, Noise> rows, Function<Noise, Stream<Double>> powers) {
    return rows.entrySet().stream()
        .map(
            row ->
                line(
                    label(row.getKey()), powers.apply(row.getValue()).map(MethodPageTest::percent)))
        .collect(Collectors.joining());
  }

  private static String label(String question) {
    int forks = RecordedNoise.forks(question);
    return forks == 1 ? question : "%s, %d forks".formatted(question, forks);
  }

  private static String head(String first, Stream<String> cells) {
    List<String> names = cells.toList();
    return line(first, names.stream()) + "|---".repeat(names.size() + 1) + "|\n";
  }

  private static String line(String first, Stream<String> cells) {
    return "| %s | %s |\n".formatted(first, cells.collect(Collectors.joining(" | ")));
  }

  private static Map<String, Noise> noise(List<String> runs) {
    return recorded.getOrDefault(runs, Map.of());
  }

  private static int falseRuns(Map<String, Noise> noise, int rounds) {
    return Simulation.falseRuns(List.copyOf(noise.values()), rounds, RUNS, rounds);
  }

  private static double power(Noise noise, double slowdown, int rounds) {
    return Simulation.power(noise, slowdown, rounds, RUNS, 7);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
