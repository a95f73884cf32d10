package dev.varve.bench.compare;

import java.io.IOException;

/** A revision's harness did not come to its end, as it says itself. */
public final class MeasuringFailed extends IOException {
  private static final long serialVersionUID = 1;

  /** With what it said. */
  MeasuringFailed(String said) {
    super(said);
  }
}
