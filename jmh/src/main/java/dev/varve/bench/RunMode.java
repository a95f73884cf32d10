package dev.varve.bench;

import dev.varve.bench.questions.Shape;
import java.util.Locale;

/** How thorough a run is. */
enum RunMode {
  /** The headline cases, once, in a few minutes. */
  QUICK,
  /** All cases, in about half an hour. */
  FULL,
  /** Everything once with hardly any data; the figures are thrown away. */
  SMOKE;

  /** How one fork measures a case of this shape. */
  Pace pace(Shape shape) {
    boolean quick = this == QUICK;
    return switch (shape) {
      case STEADY -> quick ? new Pace(2, 700, 5, 500) : new Pace(2, 1000, 5, 1000);
      case BRIEF -> new Pace(4, 250, 5, 250);
      case SHOTS -> quick ? new Pace(3, 0, 8, 0) : new Pace(3, 0, 12, 0);
      case LONG_SHOTS -> new Pace(0, 0, 6, 0);
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
