package dev.varve.kit.disk;

/** Decides what a loss of power leaves. */
@FunctionalInterface
public interface Chooser {
  /**
   * Chooses one of {@code count} outcomes, at least two: 0 keeps nothing that was not synced,
   * {@code count - 1} keeps the newest.
   */
  int choose(int count);

  /** Among the torn contents of a sector that has been written; -1 takes a whole one. */
  default int chooseTorn(int count) {
    return -1;
  }
}
