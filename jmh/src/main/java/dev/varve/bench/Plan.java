package dev.varve.bench;

import dev.varve.bench.questions.Case;
import dev.varve.bench.questions.Contestant;
import dev.varve.bench.questions.Question;
import dev.varve.bench.results.Row;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The entries of a run: who measures what, in which order. */
record Plan(List<Entry> entries) {

  /**
   * One contestant in one case.
   *
   * @param system what the benchmark is told; the contestant's name, unless it is entered again
   * @param forks how many it has in a round
   */
  record Entry(Question question, Case measured, Contestant contestant, String system, int forks) {
    Entry(Question question, Case measured, Contestant contestant, int forks) {
      this(question, measured, contestant, contestant.name(), forks);
    }

    /** The same system once more. */
    Entry again() {
      return new Entry(question, measured, contestant.again(), system, forks);
    }

    /** Whether a row of a result is one of this entry's. */
    boolean measured(Row row) {
      return row.question().equals(question.name())
          && row.contestant().name().equals(contestant.name())
          && (row.params() + ";").startsWith(measured.label() + ";");
    }

    String label() {
      return "%s %s".formatted(caseLabel(), contestant.name());
    }

    /** What it has in common with those that it is compared with. */
    String caseLabel() {
      return "%s %s".formatted(question.name(), measured.label());
    }
  }

  /** What of all questions the settings select. */
  static Plan of(List<Question> questions, Settings settings) {
    List<Entry> entries = new ArrayList<>();
    for (Question question : questions) {
      for (Case measured : question.cases()) {
        if (selected(question, measured, settings)) {
          entries.addAll(entries(question, measured, settings));
        }
      }
    }
    return new Plan(entries);
  }

  /**
   * In a verdict run the first of ours is entered twice. It alone may have several forks: it is in
   * every comparison, each of the others in one.
   */
  private static List<Entry> entries(Question question, Case measured, Settings settings) {
    int ours = settings.mode().roster(measured).forks();
    List<Entry> entries = new ArrayList<>();
    for (Contestant contestant : measured.contestants()) {
      if (takesPart(contestant, measured, settings)) {
        int forks = entries.isEmpty() && contestant.kind() == Kind.OURS ? ours : 1;
        entries.add(new Entry(question, measured, contestant, forks));
      }
    }
    if (settings.mode() == RunMode.VERDICT
        && !entries.isEmpty()
        && entries.getFirst().contestant().kind() == Kind.OURS) {
      entries.add(1, entries.getFirst().again());
    }
    return entries;
  }

  /** A pattern that was given selects beyond the headlines, whatever the mode. */
  private static boolean selected(Question question, Case measured, Settings settings) {
    boolean given = !settings.pattern().pattern().isEmpty();
    boolean wanted = given || settings.mode().roster(measured).included();
    String name =
        "%s %s %s"
            .formatted(question.name(), question.benchmark().getSimpleName(), measured.label());
    return wanted && settings.pattern().matcher(name).find();
  }

  private static boolean takesPart(Contestant contestant, Case measured, Settings settings) {
    if (!settings.systems().isEmpty()) {
      return settings.systems().contains(contestant.name());
    }
    RunMode mode = settings.mode();
    boolean roomForAll = mode == RunMode.FULL || mode == RunMode.SMOKE;
    return (roomForAll || contestant.quick())
        && !mode.roster(measured).without().contains(contestant.name());
  }

  /**
   * The entries for one round in random order, each as often as it has forks: case after case, so
   * that what is compared is measured within a minute or so, and within a case every order is as
   * likely.
   */
  List<List<Entry>> shuffled(Random random) {
    List<List<Entry>> order = new ArrayList<>(cases().stream().map(Plan::turns).toList());
    Collections.shuffle(order, random);
    order.forEach(turns -> Collections.shuffle(turns, random));
    return List.copyOf(order);
  }

  private static List<Entry> turns(List<Entry> entries) {
    List<Entry> turns = new ArrayList<>();
    entries.forEach(entry -> turns.addAll(Collections.nCopies(entry.forks(), entry)));
    return turns;
  }

  /** How many forks a round has. */
  int forks() {
    return entries.stream().mapToInt(Entry::forks).sum();
  }

  /** The first of ours in every case that has any. */
  List<Entry> ours() {
    return cases().stream()
        .map(List::getFirst)
        .filter(entry -> entry.contestant().kind() == Kind.OURS)
        .toList();
  }

  /** How many comparisons a verdict run makes: the first of ours against every other row. */
  int comparisons() {
    return cases().stream()
        .filter(entries -> entries.getFirst().contestant().kind() == Kind.OURS)
        .mapToInt(entries -> (entries.size() - 1) * entries.getFirst().measured().figures())
        .sum();
  }

  /** The entries case by case, in lists of their own. */
  private List<List<Entry>> cases() {
    Map<List<Object>, List<Entry>> cases = new LinkedHashMap<>();
    for (Entry entry : entries) {
      List<Object> key = List.of(entry.question(), entry.measured());
      cases.computeIfAbsent(key, _ -> new ArrayList<>()).add(entry);
    }
    return List.copyOf(cases.values());
  }

  /** Bytes that the most demanding forks need which are alive at the same time. */
  long scratchBytes(boolean takesTurns) {
    return cases().stream().mapToLong(entries -> scratchBytes(entries, takesTurns)).max().orElse(0);
  }

  private static long scratchBytes(List<Entry> entries, boolean takesTurns) {
    Case measured = entries.getFirst().measured();
    return takesTurns && measured.together()
        ? measured.scratchBytesInTurns() * turns(entries).size()
        : measured.scratchBytes();
  }

  /** Names of the questions that need a device. */
  List<String> durableQuestions() {
    return entries.stream()
        .filter(entry -> entry.measured().level() == Level.SYNC)
        .map(entry -> entry.question().name())
        .distinct()
        .toList();
  }
}
