package dev.varve.model;

import java.util.List;

/**
 * One step of a random history. Places are given in thousandths of what the log holds when the step
 * is taken, so that a step stays meaningful while the history around it shrinks.
 */
sealed interface Step {
  /** A single record. */
  record Append(int length) implements Step {}

  /** A batch of records. */
  record AppendBatch(List<Integer> lengths) implements Step {}

  /** Everything becomes durable. */
  record Sync() implements Step {}

  /** Retention up to a record. */
  record Drop(int thousandth) implements Step {}

  /** Closed and opened. */
  record Reopen() implements Step {}

  /** Copied while it is open; the copy is opened, in the same boot or in another one. */
  record Crash(boolean otherBoot) implements Step {}

  /** A walk in one direction from a record. */
  record Walk(boolean forward, int thousandth) implements Step {}

  /** A walk in one direction from what once was the end. */
  record WalkFromFormerEnd(boolean forward, int thousandth) implements Step {}

  /** A read by position. */
  record Read(int thousandth) implements Step {}

  /** The whole content, all ways, and a full check. */
  record Verify() implements Step {}
}
