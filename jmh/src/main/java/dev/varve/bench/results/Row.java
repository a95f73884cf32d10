package dev.varve.bench.results;

import dev.varve.bench.questions.Contestant;
import dev.varve.bench.systems.Level;

/**
 * One figure of one contestant.
 *
 * @param question name of the question
 * @param params parameters as shown; rows with the same question and parameters are compared
 * @param medium what files are on, such as {@code ext4}; {@code memory} where there are none
 * @param level what appends promised
 * @param contestant who
 * @param score the figure
 */
public record Row(
    String question,
    String params,
    String medium,
    Level level,
    Contestant contestant,
    Score score) {

  /** Whether two rows may be compared. */
  public boolean comparableWith(Row other) {
    return question.equals(other.question)
        && params.equals(other.params)
        && medium.equals(other.medium)
        && level == other.level
        && score.unit().equals(other.score.unit());
  }

  /** The same row with another score. */
  Row scored(Score other) {
    return new Row(question, params, medium, level, contestant, other);
  }

  /** The same row of another contestant. */
  Row of(Contestant other) {
    return new Row(question, params, medium, level, other, score);
  }

  /** One of several figures of this row. */
  Row figure(String name) {
    return new Row(question, params + ";figure=" + name, medium, level, contestant, score);
  }

  /** Whether both are figures of the same contestant in the same case. */
  boolean sameAs(Row other) {
    return comparableWith(other) && contestant.name().equals(other.contestant.name());
  }
}
