package dev.varve.bench.chart;

import java.util.ArrayList;
import java.util.List;

/** Where a value lies between the two ends of a chart. */
sealed interface Axis {
  /** A logarithmic axis goes that much further than its values. */
  double MARGIN = 1.1;

  /** The share of the way from the low end to the high one, from 0 to 1. */
  double at(double value);

  /** Round values to write at it, ascending. */
  List<Double> ticks();

  /**
   * An axis for values that are not negative: linear from zero unless they are far apart.
   *
   * @param farApart the factor between the least and the most from which on it is logarithmic
   */
  static Axis of(List<Double> values, double farApart) {
    double most = values.stream().mapToDouble(v -> v).max().orElse(1);
    double least = values.stream().mapToDouble(v -> v).filter(v -> v > 0).min().orElse(1);
    return most / least >= farApart ? new Log(least / MARGIN, most * MARGIN) : new Linear(most);
  }

  /**
   * From zero.
   *
   * @param high the value at the end
   */
  record Linear(double high) implements Axis {
    private static final int MOST_TICKS = 5;

    /** An axis with nothing on it ends at one. */
    public Linear {
      high = high > 0 ? high : 1;
    }

    @Override
    public double at(double value) {
      return Math.clamp(value / high, 0, 1);
    }

    @Override
    public List<Double> ticks() {
      double step = Math.pow(10, Math.floor(Math.log10(high)) - 1);
      for (int i = 0; high / step > MOST_TICKS; i++) {
        step *= i % 3 == 1 ? 2.5 : 2; // from 1 to 2, 5, 10
      }
      List<Double> ticks = new ArrayList<>();
      for (int i = 0; i * step <= high * (1 + 1e-9); i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
  }

  /**
   * Equal distances are equal factors.
   *
   * @param low the value at the beginning, above zero
   * @param high the value at the end
   */
  record Log(double low, double high) implements Axis {
    private static final int MOST_TICKS = 7;
    private static final double[][] ROUND = {
      {1, 1.2, 1.5, 2, 3, 4, 5, 6, 8}, {1, 2, 5}, {1, 3}, {1}
    };

    @Override
    public double at(double value) {
      return value <= low ? 0 : Math.clamp(Math.log(value / low) / Math.log(high / low), 0, 1);
    }

    @Override
    public List<Double> ticks() {
      for (double[] round : ROUND) {
        List<Double> ticks = ticks(round, 1);
        if (ticks.size() <= MOST_TICKS) {
          return ticks;
        }
      }
      return ticks(ROUND[ROUND.length - 1], 2);
    }

    private List<Double> ticks(double[] round, int decades) {
      List<Double> ticks = new ArrayList<>();
      int last = (int) Math.floor(Math.log10(high));
      for (int power = (int) Math.floor(Math.log10(low)); power <= last; power += decades) {
        for (double digit : round) {
          double tick = digit * Math.pow(10, power);
          if (tick >= low && tick <= high) {
            ticks.add(tick);
          }
        }
      }
      return ticks;
    }
  }
}
