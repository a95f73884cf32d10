package dev.varve.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.questions.Case;
import dev.varve.bench.questions.Question;
import dev.varve.bench.questions.Questions;
import dev.varve.bench.verdict.Family;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a verdict run measures, and in which order. */
class PlanTest {
  @Test
  void aVerdictRunEntersOursTwiceInEveryCase() {
    for (List<Plan.Entry> systems : cases(plan("").entries())) {
      assertEquals(systems.get(0).system(), systems.get(1).system());
      assertEquals(systems.get(0).contestant().again(), systems.get(1).contestant());
      assertEquals(systems.size() - 1, systems.stream().map(Plan.Entry::system).distinct().count());
    }
  }

  @Test
  void eightQuestionsCanBeJudgedTogetherInTheUsualRounds() {
    Plan plan = withoutExamples(plan(""));
    assertEquals(8, cases(plan.entries()).size());
    assertEquals(plan.entries().size() - 8, plan.comparisons());
    assertEquals(32, plan.comparisons(), "docs/method.md and its simulation say so");
    assertEquals(Optional.empty(), Family.refusal(Family.USUAL_ROUNDS, plan.comparisons()));
  }

  @Test
  void everyFigureOfACaseIsAComparison() {
    Plan plan = plan("worst-append");
    assertEquals(6 * (plan.entries().size() - 1), plan.comparisons());
  }

  @Test
  void systemsCanBeChosenAndOursAloneIsAnAaRun() {
    Plan plan = Plan.of(Questions.all(), settings(RunMode.VERDICT, "random-read", Set.of("varve")));
    assertEquals(
        List.of("varve", "varve-again"),
        plan.entries().stream().map(entry -> entry.contestant().name()).toList());
  }

  @Test
  void aLabelNamesOneCaseOfItsQuestion() {
    for (Question question : Questions.all()) {
      List<String> labels = question.cases().stream().map(Case::label).toList();
      assertEquals(labels.stream().distinct().toList(), labels, question.name());
    }
  }

  @Test
  void noOtherRunEntersASystemTwice() {
    for (RunMode mode : List.of(RunMode.QUICK, RunMode.FULL, RunMode.SMOKE)) {
      List<Plan.Entry> entries = Plan.of(Questions.all(), settings(mode, "", Set.of())).entries();
      assertTrue(
          entries.stream().allMatch(entry -> entry.contestant().name().equals(entry.system())));
    }
  }

  @Test
  void aRoundShufflesTheCasesAndTheForksOfEachAndKeepsThemTogether() {
    Plan plan = plan("");
    List<List<Plan.Entry>> round = plan.shuffled(new Random(1));
    List<Plan.Entry> order = round.stream().flatMap(List::stream).toList();
    plan.entries().forEach(each -> assertEquals(each.forks(), Collections.frequency(order, each)));
    assertEquals(plan.forks(), order.size());
    assertEquals(cases(plan.entries()).size(), round.size());
    round.forEach(entries -> assertEquals(1, cases(entries).size()));
    assertNotEquals(plan.entries(), order);
    assertEquals(round, plan.shuffled(new Random(1)), "the order has a seed");
  }

  @Test
  void onlyTheFirstOfOursAndItsTwinHaveScoresOfSeveralForks() {
    Map.of("forward-scan", 2, "random-read", 2, "reopen", 3)
        .forEach(
            (question, ours) -> {
              List<Integer> forks =
                  plan(question).entries().stream().map(Plan.Entry::forks).toList();
              assertEquals(List.of(ours, ours), forks.subList(0, 2), question);
              assertEquals(Set.of(1), Set.copyOf(forks.subList(2, forks.size())), question);
            });
  }

  @Test
  void scoresOfSeveralForksAreForVerdictsOnly() {
    assertTrue(plan("").entries().stream().anyMatch(entry -> entry.forks() > 1));
    for (RunMode mode : List.of(RunMode.QUICK, RunMode.FULL, RunMode.SMOKE)) {
      Plan plan = Plan.of(Questions.all(), settings(mode, "", Set.of()));
      assertEquals(plan.entries().size(), plan.forks());
    }
  }

  @Test
  void forksThatAreAliveAtTheSameTimeNeedRoomAtTheSameTime() {
    Plan plan = plan("random-read");
    long one = plan.entries().getFirst().measured().scratchBytes();
    assertEquals(one, plan.scratchBytes(false));
    assertEquals(plan.forks() * one, plan.scratchBytes(true));
  }

  @Test
  void whereTimeDecidesHowMuchIsAppendedTurnsNeedLess() {
    Plan plan = plan("mapping");
    long one = plan.entries().getFirst().measured().scratchBytes();
    assertEquals(plan.forks() * (one / 2), plan.scratchBytes(true));
  }

  @Test
  void everySystemOfACaseComesFirstInSomeRound() {
    Plan plan = plan("random-read");
    Random random = new Random(2);
    Set<String> first = new TreeSet<>();
    for (int round = 0; round < 100; round++) {
      first.add(plan.shuffled(random).getFirst().getFirst().contestant().name());
    }
    assertEquals(plan.entries().size(), first.size());
  }

  /** The tests have a system of their own, which fits some questions. */
  private static Plan withoutExamples(Plan plan) {
    return new Plan(
        plan.entries().stream().filter(entry -> !entry.system().equals("plain-file")).toList());
  }

  private static Plan plan(String pattern) {
    return Plan.of(Questions.all(), settings(RunMode.VERDICT, pattern, Set.of()));
  }

  private static Settings settings(RunMode mode, String pattern, Set<String> systems) {
    return Settings.of(
        Map.of(
            "bench",
            pattern,
            "bench.mode",
            mode.label(),
            "bench.systems",
            String.join(",", systems)));
  }

  /** Runs of entries that belong to the same case. */
  private static List<List<Plan.Entry>> cases(List<Plan.Entry> entries) {
    List<List<Plan.Entry>> cases = new ArrayList<>();
    Case last = null;
    for (Plan.Entry entry : entries) {
      if (!entry.measured().equals(last)) {
        cases.add(new ArrayList<>());
        last = entry.measured();
      }
      cases.getLast().add(entry);
    }
    return cases;
  }
}
