package dev.varve.bench.questions;

import java.util.Set;

/**
 * Whether a kind of run has a case among its own, and who stays away from it there.
 *
 * @param included whether the case is measured without being asked for by name
 * @param without names of systems that are left out, unless they are asked for by name
 */
public record Roster(boolean included, Set<String> without) {
  /** Not measured unless asked for; then with everybody. */
  static final Roster ON_REQUEST = new Roster(false, Set.of());

  /** Measured, with everybody. */
  public static final Roster EVERYBODY = new Roster(true, Set.of());

  /** Copies the names. */
  public Roster {
    without = Set.copyOf(without);
  }
}
