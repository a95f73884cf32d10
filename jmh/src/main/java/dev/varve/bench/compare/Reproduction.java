package dev.varve.bench.compare;

import dev.varve.bench.results.Costs;
import dev.varve.bench.results.Environment;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.Family;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.Pair;
import dev.varve.bench.verdict.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A result and the same run once more. */
public final class Reproduction {
  private static final Pattern PROPERTY = Pattern.compile("\"-D([^=\"]+)=([^\"]*)\"");

  private final RunFolder then;
  private final RunFolder now;

  /** The result, and what came of running it again. */
  public Reproduction(RunFolder then, RunFolder now) {
    this.then = then;
    this.now = now;
  }

  /**
   * What was asked for, by the names that Maven's command line has for it. The first results have
   * only the command.
   */
  public static Map<String, String> asked(Environment environment) {
    Map<String, String> asked = new TreeMap<>(environment.asked());
    if (asked.isEmpty()) {
      Matcher property = PROPERTY.matcher(environment.text("command"));
      while (property.find()) {
        asked.put(property.group(1), property.group(2));
      }
    }
    return asked;
  }

  /** What of the machine is otherwise, as lines for people; empty if it is of the same class. */
  public List<String> otherMachine() {
    return MachineClass.of(then.environment()).differences(MachineClass.of(now.environment()));
  }

  /** Each ratio of ours to another system that the result has; A/A pairs are none. */
  public List<Claim> claims() throws IOException {
    List<Judged> again = ratios(now);
    return ratios(then).stream()
        .map(
            judged ->
                new Claim(
                    judged,
                    again.stream().filter(it -> same(it.pair(), judged.pair())).findFirst()))
        .toList();
  }

  private static boolean same(Pair one, Pair other) {
    return one.question().equals(other.question())
        && one.params().equals(other.params())
        && one.durability().equals(other.durability())
        && one.ours().equals(other.ours())
        && one.other().equals(other.other());
  }

  private static List<Judged> ratios(RunFolder run) throws IOException {
    return new Family(Rounds.pairs(forks(run)))
        .judged().stream().filter(judged -> !judged.pair().control()).toList();
  }

  /** The forks of a run; one from before there were rounds has one for each row. */
  private static List<Fork> forks(RunFolder run) throws IOException {
    List<Fork> forks = new ArrayList<>(run.forks());
    if (forks.isEmpty()) {
      run.rows()
          .forEach(row -> forks.add(new Fork(1, forks.size() + 1, List.of(row), Costs.UNKNOWN)));
    }
    return forks;
  }
}
