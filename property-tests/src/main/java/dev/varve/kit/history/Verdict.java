package dev.varve.kit.history;

import java.util.List;

/** Whether there is an order of a history's operations that explains all answers. */
public sealed interface Verdict {
  /**
   * There is.
   *
   * @param order one such order; unknown appends that never took effect and failed ones are not in
   *     it
   */
  record Linearizable(List<Operation> order) implements Verdict {
    /** Keeps a copy of the order. */
    public Linearizable {
      order = List.copyOf(order);
    }
  }

  /**
   * There is none.
   *
   * @param report why not: the longest order found, what does not follow it, and the history
   */
  record Violation(String report) implements Verdict {}
}
