package dev.varve.kit.chain;

import java.util.List;

/** Who comes next, in one schedule after the other. */
interface Choices {
  /**
   * The actor that comes next.
   *
   * @param free those that come next without preempting anybody; at least one
   * @param preempting the others that can go on
   */
  int next(List<Integer> free, List<Integer> preempting);

  /** Begins another schedule; false when there is none left. */
  boolean another();
}
