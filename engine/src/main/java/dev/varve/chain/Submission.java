package dev.varve.chain;

import dev.varve.driver.Append;
import java.util.concurrent.CompletableFuture;

/**
 * Events that wait to be appended.
 *
 * @param expected where the stream has to end for them, {@link #ANYWHERE} if that does not matter
 * @param outcome completed once
 */
record Submission(long expected, AppendBlock block, CompletableFuture<Append> outcome) {
  static final long ANYWHERE = -1;

  /** About what the objects take that hold a submission's events and its outcome. */
  private static final int OBJECT_BYTES = 256;

  Submission(long expected, AppendBlock block) {
    this(expected, block, new CompletableFuture<>());
  }

  boolean conditional() {
    return expected != ANYWHERE;
  }

  int frameBytes() {
    return block.frameBytes();
  }

  /** About what it takes in memory. */
  int heldBytes() {
    return OBJECT_BYTES + frameBytes();
  }
}
