package dev.varve.bench.doctor;

/**
 * What was found out about one thing that figures depend on.
 *
 * @param good whether it is as it should be
 * @param what the thing
 * @param found how it is
 * @param advice what to do about it; empty where it is good
 */
public record Finding(boolean good, String what, String found, String advice) {
  static Finding good(String what, String found) {
    return new Finding(true, what, found, "");
  }

  static Finding doubtful(String what, String found, String advice) {
    return new Finding(false, what, found, advice);
  }

  /** One line for people. */
  @Override
  public String toString() {
    String line = "%-8s %-16s %s".formatted(good ? "fine" : "DOUBT", what, found);
    return good ? line : line + ": " + advice;
  }
}
