package dev.varve.bench.compare;

import java.io.IOException;

/** What was asked for does not work here, for a reason that is said. */
public final class CannotBeDone extends IOException {
  private static final long serialVersionUID = 1;

  /** With the reason, for people. */
  public CannotBeDone(String reason) {
    super(reason);
  }
}
