package dev.varve.bench;

import dev.varve.bench.questions.Scratch;
import dev.varve.bench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What was asked for, by the names that Maven's command line has for it; an empty value counts as
 * not given.
 *
 * @param mode {@code bench.mode}
 * @param rounds {@code bench.rounds}: how often every row has its turn; as often as the mode says
 *     where it is not given
 * @param pattern {@code bench}: which rows, searched for in question, class and parameters
 * @param systems {@code bench.systems}: names, separated by commas; empty means all
 * @param scratch {@code bench.dir}: folder for files of benchmarks
 * @param jmhArguments {@code jmh.args}: further arguments for JMH
 * @param root where {@code results/} is
 * @param resume {@code bench.resume}: the folder of a run that was interrupted, which goes on as it
 *     was asked for then
 * @param asked all that was given for the run, as it was given
 */
record Settings(
    RunMode mode,
    int rounds,
    Pattern pattern,
    Set<String> systems,
    Path scratch,
    List<String> jmhArguments,
    Path root,
    Optional<Path> resume,
    Map<String, String> asked) {

  static final List<String> NAMES =
      List.of("bench", "bench.mode", "bench.rounds", "bench.systems", "bench.dir", "jmh.args");

  /** Name of what goes on with a run; nothing else may be given with it. */
  static final String RESUME = "bench.resume";

  /** What the system properties ask for; empty when they do not ask for the harness at all. */
  static Map<String, String> properties() {
    boolean harness =
        System.getProperty("bench") != null
            || System.getProperty("bench.mode") != null
            || System.getProperty(RESUME) != null;
    Map<String, String> given = new LinkedHashMap<>();
    if (harness) {
      NAMES.forEach(name -> given.put(name, System.getProperty(name, "").strip()));
      given.put(RESUME, System.getProperty(RESUME, "").strip());
    }
    return given;
  }

  /** Understands what is asked for. Throws IllegalArgumentException with what is wrong. */
  static Settings of(Map<String, String> given) {
    Path root = Scratch.root();
    Optional<Path> resume =
        Optional.of(given.getOrDefault(RESUME, "")).filter(s -> !s.isEmpty()).map(root::resolve);
    Map<String, String> asked = resume.isPresent() ? askedThen(resume.get(), given) : given(given);
    String folder = asked.getOrDefault("bench.dir", "");
    RunMode mode = mode(asked.getOrDefault("bench.mode", ""));
    return new Settings(
        mode,
        rounds(asked.getOrDefault("bench.rounds", ""), mode),
        pattern(asked.getOrDefault("bench", "")),
        new TreeSet<>(split(asked.getOrDefault("bench.systems", ""), ",")),
        root.resolve(folder.isEmpty() ? "target/bench" : folder),
        split(asked.getOrDefault("jmh.args", ""), " "),
        root,
        resume,
        asked);
  }

  private static Map<String, String> given(Map<String, String> all) {
    Map<String, String> given = new TreeMap<>(all);
    given.values().removeIf(String::isEmpty);
    given.remove(RESUME);
    return given;
  }

  private static Map<String, String> askedThen(Path folder, Map<String, String> given) {
    if (!given(given).isEmpty()) {
      throw new IllegalArgumentException(
          "-D%s goes on with what was asked for then: leave out %s"
              .formatted(RESUME, String.join(", ", given(given).keySet())));
    }
    try {
      return RunFolder.open(folder).environment().asked();
    } catch (IOException e) {
      throw new IllegalArgumentException("-D%s: %s".formatted(RESUME, e.getMessage()), e);
    }
  }

  /** Where forks leave what their logs took on disk. */
  Path footprint() {
    return scratchForForks().resolve("footprint");
  }

  /** The scratch folder as forks are told, who start in the same working directory. */
  Path scratchForForks() {
    Path here = Path.of("").toAbsolutePath();
    return scratch.startsWith(here) ? here.relativize(scratch) : scratch;
  }

  /** What to enter to get the same run. */
  String command() {
    StringBuilder command = new StringBuilder("mvn -Pbench verify");
    for (String name : NAMES) {
      String value = asked.getOrDefault(name, "");
      if (!value.isEmpty()) {
        command.append(" \"-D%s=%s\"".formatted(name, value));
      }
    }
    return command.toString();
  }

  private static RunMode mode(String name) {
    try {
      return RunMode.named(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "-Dbench.mode=%s: there are quick, full, verdict and smoke".formatted(name), e);
    }
  }

  private static int rounds(String number, RunMode mode) {
    if (number.isEmpty()) {
      return mode.rounds();
    }
    if (!number.matches("[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException("-Dbench.rounds=" + number + ": from 1 to 999");
    }
    return Integer.parseInt(number);
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("-Dbench=" + regex + ": " + e.getMessage(), e);
    }
  }

  private static List<String> split(String text, String separator) {
    return Arrays.stream(text.split(separator, -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
