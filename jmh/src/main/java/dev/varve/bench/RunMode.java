package dev.varve.bench;

import dev.varve.bench.questions.Case;
import dev.varve.bench.questions.Roster;
import dev.varve.bench.questions.Shape;
import dev.varve.bench.verdict.Family;
import java.util.Locale;

/** How thorough a run is. */
enum RunMode {
  /** The headline cases, once, in a few minutes. */
  QUICK,
  /** All cases with everybody, once. */
  FULL,
  /** What headlines rest on, in rounds, with verdicts, in about an hour. */
  VERDICT,
  /** Everything once with hardly any data; the figures are thrown away. */
  SMOKE;

  /** How one fork measures a case of this shape. */
  Pace pace(Shape shape) {
    return switch (shape) {
      case STEADY ->
          switch (this) {
            case QUICK -> new Pace(2, 700, 5, 500);
            // Turns that are brief beside what the machine does to one of them.
            case VERDICT -> new Pace(2, 500, 40, 25);
            case FULL, SMOKE -> new Pace(2, 1000, 5, 1000);
          };
      case OVERWRITING -> this == VERDICT ? new Pace(3, 500, 50, 25) : pace(Shape.STEADY);
      case UNEVEN -> this == VERDICT ? new Pace(2, 500, 60, 25) : pace(Shape.STEADY);
      case BRIEF -> new Pace(4, 250, 5, 250);
      case SHOTS -> new Pace(3, 0, this == VERDICT ? 60 : 12, 0);
      case LONG_SHOTS -> new Pace(0, 0, 6, 0);
    };
  }

  /** Whether forks take turns, those of a case together where it allows that. */
  boolean takesTurns() {
    return this == VERDICT;
  }

  /** How often every row is measured, unless it is said. */
  int rounds() {
    return this == VERDICT ? Family.USUAL_ROUNDS : 1;
  }

  /** Which part a case has in this kind of run. */
  Roster roster(Case measured) {
    return switch (this) {
      case QUICK -> measured.quick();
      case VERDICT -> measured.verdict();
      case FULL, SMOKE -> Roster.EVERYBODY;
    };
  }

  /** The mode with this name, quick when it is empty. */
  static RunMode named(String name) {
    return name.isEmpty() ? QUICK : valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in lower case. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Iterations of one fork; times in milliseconds, 0 where an iteration is one shot.
   *
   * @param warmups iterations that do not count
   * @param warmupMillis how long each of these lasts
   * @param iterations iterations that count
   * @param iterationMillis how long each of these lasts
   */
  record Pace(int warmups, int warmupMillis, int iterations, int iterationMillis) {}
}
