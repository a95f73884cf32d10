package dev.varve.kit.history;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What several actors asked of one stream and were answered, starting from the empty stream.
 *
 * @param operations in the order in which they were invoked
 */
public record StreamHistory(List<Operation> operations) {
  /** Sorts the operations, and refuses two attempts to append one batch. */
  public StreamHistory {
    operations = operations.stream().sorted(Comparator.comparingLong(Operation::invoked)).toList();
    Set<Integer> batches = new HashSet<>();
    for (Operation operation : operations) {
      if (operation.outcome() instanceof Outcome.Attempt attempt && !batches.add(attempt.batch())) {
        throw new IllegalArgumentException("batch %d twice".formatted(attempt.batch()));
      }
    }
  }

  /**
   * Looks for an order of the operations, each at some moment between its question and its answer,
   * in which a stream that does one after the other would answer the same.
   */
  public Verdict check(Refusals refusals) {
    return new WingGongSearch(this, refusals).verdict();
  }

  /**
   * Fails where there is no such order.
   *
   * @throws AssertionError with the longest order that was found, and the history
   */
  public void assertLinearizable(Refusals refusals) {
    if (check(refusals) instanceof Verdict.Violation violation) {
      throw new AssertionError(violation.report());
    }
  }

  /** Appends whose outcome nobody knows. */
  public List<Operation> unknown() {
    return operations.stream()
        .filter(operation -> operation.outcome() instanceof Outcome.Unknown)
        .toList();
  }

  @Override
  public String toString() {
    return lines(operations);
  }

  static String lines(List<Operation> operations) {
    return operations.stream()
        .map(operation -> "  " + operation + "\n")
        .collect(Collectors.joining());
  }
}
