package dev.varve.bench.systems;

/** What an append promises when it returns. */
public enum Level {
  /** Another thread can read the record; the operating system writes it back when it likes. */
  NONE,
  /** The record survives a loss of power as well. */
  SYNC
}
