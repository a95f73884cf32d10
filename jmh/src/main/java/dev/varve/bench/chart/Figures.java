package dev.varve.bench.chart;

import java.util.Locale;

/** Figures as people read them. */
public final class Figures {
  private Figures() {}

  /** Three digits that say something, thousands apart. */
  public static String of(double value) {
    double size = Math.abs(value);
    String format =
        size == 0 || size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  /** An interval; empty if there is none. */
  static String interval(double low, double high) {
    boolean known = Double.isFinite(low) && Double.isFinite(high);
    return known ? of(low) + " – " + of(high) : "";
  }

  /** As short as it can be, for an axis. */
  static String tick(double value) {
    if (value >= 1e6) {
      return trimmed(value / 1e6) + "M";
    }
    return value >= 1e4 ? trimmed(value / 1e3) + "k" : trimmed(value);
  }

  private static String trimmed(double value) {
    String digits = String.format(Locale.ROOT, "%.4f", value);
    return digits.replaceFirst("\\.?0+$", "");
  }

  /** A unit of JMH as people write it. */
  public static String unit(String unit) {
    return unit.replaceFirst("^us/", "µs/").replaceFirst("/op$", "");
  }
}
