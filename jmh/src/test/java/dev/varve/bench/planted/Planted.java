package dev.varve.bench.planted;

import dev.varve.bench.questions.Case;
import dev.varve.bench.questions.Contestant;
import dev.varve.bench.questions.LogQuestion;
import dev.varve.bench.questions.Question;
import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Payloads;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.TearDown;

/** A benchmark that works, throws, or gets a wrong answer, as its parameter says. */
public class Planted extends LogQuestion {
  @Param({"right"})
  public String system;

  /** The question; its contestants can be selected one by one. */
  public static Question question() {
    List<Contestant> contestants =
        List.of(
            Contestant.of("right", Kind.OURS),
            Contestant.of("throwing", Kind.PEER),
            Contestant.of("wrong", Kind.PEER));
    return new Question(
        "planted",
        "Does a failure fail the run?",
        Planted.class,
        List.of(Case.of("work", Map.of(), contestants).labelled("x=1").inQuick().inVerdict()));
  }

  /** Throws, if it is told to. */
  @Benchmark
  public void work() {
    if (system.equals("throwing")) {
      throw new IllegalStateException("planted failure");
    }
  }

  /** Checks the answer, which is one record short if it is told to be. */
  @TearDown
  public void check() {
    Answer answer = Answer.ascending(Payloads.MIN_BYTES, 0);
    answer.whole(new Payloads(Payloads.MIN_BYTES).next());
    answer.requireCount(system.equals("wrong") ? 2 : 1);
  }
}
