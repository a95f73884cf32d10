package dev.varve.bench.chart;

import java.util.Locale;

/** Whose figure it is; each has a colour and a shape of its own. */
public enum Mark {
  /** Ours: a filled circle, solid bars. */
  OURS,
  /** Somebody else's: a square, pale bars. */
  PEER,
  /** What the machine can do at best: a diamond, dashed bars without a filling. */
  LIMIT;

  /** The name of its style. */
  String style() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outline of its shape. */
  Shape shape() {
    return switch (this) {
      case OURS -> Shape.CIRCLE;
      case PEER -> Shape.SQUARE;
      case LIMIT -> Shape.DIAMOND;
    };
  }
}
