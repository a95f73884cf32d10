package dev.varve.support;

import java.util.Locale;

/** A bug planted to see whether it is found: a row of the table in docs/reliability.md. */
public interface Planted {
  /** Its name as a constant. */
  String name();

  /** The promise that a failure names, as {@code P1}. */
  String promise();

  /** What it breaks, beside that promise, as {@code INV-4}; may be empty. */
  String breaks();

  /** The test that finds it. */
  Class<?> foundBy();

  /** Its row of the table. */
  default String row() {
    String bug = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String broken = breaks().isEmpty() ? promise() : promise() + ", " + breaks();
    return "| %s | %s | `%s` |".formatted(bug, broken, foundBy().getSimpleName());
  }
}
