package dev.varve.bench;

import dev.varve.bench.questions.Case;
import dev.varve.bench.questions.Contestant;
import dev.varve.bench.questions.Question;
import dev.varve.bench.systems.Level;
import java.util.ArrayList;
import java.util.List;

/** The entries of a run: who measures what, in which order. */
record Plan(List<Entry> entries) {

  /** One contestant in one case. */
  record Entry(Question question, Case measured, Contestant contestant) {
    String label() {
      return "%s %s %s".formatted(question.name(), measured.label(), contestant.name());
    }
  }

  /** What of all questions the settings select. */
  static Plan of(List<Question> questions, Settings settings) {
    List<Entry> entries = new ArrayList<>();
    for (Question question : questions) {
      for (Case measured : question.cases()) {
        if (selected(question, measured, settings)) {
          measured.contestants().stream()
              .filter(contestant -> takesPart(contestant, measured, settings))
              .forEach(contestant -> entries.add(new Entry(question, measured, contestant)));
        }
      }
    }
    return new Plan(entries);
  }

  /** A pattern that was given selects beyond the headlines, also in a quick run. */
  private static boolean selected(Question question, Case measured, Settings settings) {
    boolean given = !settings.pattern().pattern().isEmpty();
    boolean wanted = given || settings.mode() != RunMode.QUICK || measured.headline();
    String name =
        "%s %s %s"
            .formatted(question.name(), question.benchmark().getSimpleName(), measured.label());
    return wanted && settings.pattern().matcher(name).find();
  }

  private static boolean takesPart(Contestant contestant, Case measured, Settings settings) {
    if (!settings.systems().isEmpty()) {
      return settings.systems().contains(contestant.name());
    }
    return settings.mode() != RunMode.QUICK
        || (contestant.quick() && !measured.notInQuick().contains(contestant.name()));
  }

  /** Bytes that the most demanding entry needs; they run one after the other. */
  long scratchBytes() {
    return entries.stream().mapToLong(entry -> entry.measured().scratchBytes()).max().orElse(0);
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
