package dev.varve.bench.verdict;

import dev.varve.bench.report.Row;
import dev.varve.bench.systems.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The scores of a run by rounds. Those of one system are added in the order of the rounds. */
public final class Rounds {
  private static final String HEADER =
      "round,place,question,params,durability,system,kind,score,unit";

  private final StringBuilder csv = new StringBuilder(HEADER).append('\n');
  private final List<Map<String, List<Row>>> cases = new ArrayList<>();

  /**
   * Adds what one fork measured.
   *
   * @param round from 1 on
   * @param place which fork of the round it was, from 1 on
   * @param row the figure of this fork alone
   */
  public void add(int round, int place, Row row) {
    csv.append(round).append(',').append(place).append(',').append(line(row)).append('\n');
    caseOf(row).computeIfAbsent(row.contestant().name(), _ -> new ArrayList<>()).add(row);
  }

  /** The content of {@code rounds.csv}: scores as they were measured, not rounded. */
  public String csv() {
    return csv.toString();
  }

  /** The first of ours against everybody else, case by case, in the order they were added. */
  public List<Pair> pairs() {
    return cases.stream().flatMap(systems -> pairs(List.copyOf(systems.values()))).toList();
  }

  private static Stream<Pair> pairs(List<List<Row>> systems) {
    int ours = 0;
    while (ours < systems.size() && kind(systems.get(ours)) != Kind.OURS) {
      ours++;
    }
    int reference = ours;
    return IntStream.range(0, reference < systems.size() ? systems.size() : 0)
        .filter(other -> other != reference)
        .mapToObj(other -> pair(systems.get(reference), systems.get(other)));
  }

  private static Kind kind(List<Row> rows) {
    return rows.getFirst().contestant().kind();
  }

  private Map<String, List<Row>> caseOf(Row row) {
    return cases.stream()
        .filter(systems -> systems.values().iterator().next().getFirst().comparableWith(row))
        .findFirst()
        .orElseGet(
            () -> {
              cases.add(new LinkedHashMap<>());
              return cases.getLast();
            });
  }

  private static Pair pair(List<Row> ours, List<Row> other) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < Math.min(ours.size(), other.size()); round++) {
      ratios.add(ours.get(round).score().timesAsFastAs(other.get(round).score()));
    }
    Row first = ours.getFirst();
    return new Pair(
        first.question(),
        first.params(),
        first.level().name(),
        first.contestant().name(),
        other.getFirst().contestant().name(),
        other.getFirst().contestant().equals(first.contestant().again()),
        ratios);
  }

  private static String line(Row row) {
    return String.join(
        ",",
        row.question(),
        row.params(),
        row.level().name(),
        row.contestant().name(),
        row.contestant().kind().label(),
        Double.toString(row.score().value()),
        row.score().unit());
  }
}
