package dev.varve.bench.systems;

/** Whether a system takes part in a workload, and what a reader of its row has to know. */
public sealed interface Fit {
  /**
   * The system takes part.
   *
   * @param batches whether it groups records of one append into larger units of its own, so that a
   *     single record is not readable as soon as it is handed over
   * @param note what is different about its row; empty when nothing is
   */
  record Yes(boolean batches, String note) implements Fit {}

  /**
   * The system stays away.
   *
   * @param reason why
   */
  record No(String reason) implements Fit {}

  /** Takes part, record by record, like everyone else. */
  static Fit yes() {
    return new Yes(false, "");
  }

  /** Takes part, record by record, with a note. */
  static Fit yes(String note) {
    return new Yes(false, note);
  }

  /** Takes part in batches of its own; the note says which. */
  static Fit batching(String note) {
    return new Yes(true, note);
  }

  /** Stays away for a reason. */
  static Fit no(String reason) {
    return new No(reason);
  }
}
