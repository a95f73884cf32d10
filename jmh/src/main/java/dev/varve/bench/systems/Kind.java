package dev.varve.bench.systems;

import java.util.Locale;

/** In which role a system takes part in a comparison. */
public enum Kind {
  /** This repository's engine. */
  OURS,
  /** Somebody else's system. */
  PEER,
  /** A hand-written loop that does the least that could possibly do. */
  LIMIT;

  /** The name as the summary writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
