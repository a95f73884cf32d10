package dev.varve.kit.chain;

import java.util.List;

/** What is to be run in many schedules; made anew, with everything it uses, for each of them. */
public interface Scenario {
  /** Who is in it; the same in each schedule. */
  List<Actor> actors();

  /** Looks at what is left when all have ended; what it throws fails the schedule. */
  void check() throws Exception;
}
