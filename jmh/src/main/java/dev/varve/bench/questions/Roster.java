package dev.varve.bench.questions;

import java.util.Set;

/**
 * Whether a kind of run has a case among its own, who stays away from it there, and how often each
 * ours has its turn.
 *
 * @param included whether the case is measured without being asked for by name
 * @param without names of systems that are left out, unless they are asked for by name
 * @param forks how many forks of ours make up a score, more than one where these scatter; ours is
 *     in every comparison, and of the others, who have one, each is in one
 */
public record Roster(boolean included, Set<String> without, int forks) {
  /** Not measured unless asked for; then with everybody. */
  static final Roster ON_REQUEST = new Roster(false, Set.of(), 1);

  /** Measured, with everybody. */
  public static final Roster EVERYBODY = new Roster(true, Set.of(), 1);

  /** Copies the names. */
  public Roster {
    without = Set.copyOf(without);
  }

  /** Measured, without these systems. */
  static Roster allBut(String... without) {
    return new Roster(true, Set.of(without), 1);
  }

  /** The same, with so many forks in a round. */
  Roster withForks(int number) {
    return new Roster(included, without, number);
  }
}
