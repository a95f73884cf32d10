package dev.varve.bench.report;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.systems.Level;

/**
 * One figure of one contestant.
 *
 * @param question name of the question
 * @param params parameters as shown; rows with the same question and parameters are compared
 * @param level what appends promised
 * @param contestant who
 * @param score the figure
 */
public record Row(String question, String params, Level level, Contestant contestant, Score score) {

  /** Whether two rows may be compared. */
  public boolean comparableWith(Row other) {
    return question.equals(other.question)
        && params.equals(other.params)
        && level == other.level
        && score.unit().equals(other.score.unit());
  }
}
