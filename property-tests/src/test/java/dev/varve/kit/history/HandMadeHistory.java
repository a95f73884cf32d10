package dev.varve.kit.history;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;

/** A history that is made by hand, and what the checker says of it. */
abstract class HandMadeHistory {
  final List<Operation> operations = new ArrayList<>();

  void add(long invoked, long answered, Outcome outcome) {
    operations.add(new Operation(operations.size(), 0, invoked, answered, outcome));
  }

  void addOn(int driver, long invoked, long answered, Outcome outcome) {
    operations.add(new Operation(operations.size(), driver, invoked, answered, outcome));
  }

  /** Batch of one event that lies at its expected position. */
  static Outcome appended(int batch, long expected, long end) {
    return new Outcome.Appended(batch, 1, expected, expected, end);
  }

  static Outcome outdated(int batch, long expected, long end) {
    return new Outcome.Outdated(batch, 1, expected, end);
  }

  static Outcome unknown(int batch, long expected) {
    return new Outcome.Unknown(batch, 1, expected);
  }

  static Outcome read(long from, long next, Sighting... events) {
    return new Outcome.Read(from, List.of(events), next, false);
  }

  static Outcome readFull(long from, long next, Sighting... events) {
    return new Outcome.Read(from, List.of(events), next, true);
  }

  static Sighting seen(long position, int batch, int index) {
    return new Sighting(position, batch, index);
  }

  static Outcome end(long end) {
    return new Outcome.End(end);
  }

  Verdict verdict(Refusals refusals) {
    return new StreamHistory(operations).check(refusals);
  }

  void assertAccepted() {
    assertInstanceOf(Verdict.Linearizable.class, verdict(Refusals.TELL_THE_CURRENT_END));
    assertInstanceOf(Verdict.Linearizable.class, verdict(Refusals.MAY_TELL_A_FORMER_END));
  }

  String assertRefused() {
    assertInstanceOf(Verdict.Violation.class, verdict(Refusals.MAY_TELL_A_FORMER_END));
    return assertInstanceOf(Verdict.Violation.class, verdict(Refusals.TELL_THE_CURRENT_END))
        .report();
  }
}
