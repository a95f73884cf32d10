package dev.varve.bench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Horizontal bars with intervals, each below its name, and the limit as a line across all of them.
 * Where figures are so far apart that bars from zero would hide the small ones, the axis is
 * logarithmic and there are points instead of bars, which begin nowhere.
 */
public final class Bars {
  private static final int NAME_LETTERS = 24;
  private static final double ROW = 36;
  private static final double BAR = 12;
  private static final double FAR_APART = 50;

  /**
   * One figure.
   *
   * @param name whose
   * @param mark in which role
   * @param value the figure, not negative
   * @param low lower end of its interval; not a number if there is none
   * @param high upper end of its interval
   */
  public record Bar(String name, Mark mark, double value, double low, double high) {
    private boolean hasInterval() {
      return Double.isFinite(low) && Double.isFinite(high);
    }

    private double reach() {
      return hasInterval() ? Math.max(value, high) : value;
    }
  }

  /**
   * The line across all bars.
   *
   * @param name what it is called, such as {@code limit}
   * @param value where it is
   */
  public record Across(String name, double value) {}

  private final Drawing drawing;
  private final List<Bar> bars;
  private final Optional<Across> across;
  private final String unit;
  private final Axis axis;

  private Bars(Frame frame, List<Bar> bars, Optional<Across> across, String unit) {
    this.axis = axis(bars, across);
    this.drawing = new Drawing(frame.along(axis));
    this.bars = List.copyOf(bars);
    this.across = across;
    this.unit = unit;
  }

  /**
   * Draws the bars from top to bottom.
   *
   * @param unit written behind every figure; empty if the line is at one and figures are shares of
   *     it
   */
  public static Chart of(Frame frame, List<Bar> bars, Optional<Across> across, String unit) {
    return new Bars(frame, bars, across, unit).chart();
  }

  /** Intervals decide how far the axis reaches, but not whether it is logarithmic. */
  private static Axis axis(List<Bar> bars, Optional<Across> across) {
    Stream<Double> line = across.map(Across::value).stream();
    Axis axis = Axis.of(Stream.concat(line, bars.stream().map(Bar::value)).toList(), FAR_APART);
    double high = bars.stream().mapToDouble(Bar::reach).max().orElse(0);
    return switch (axis) {
      case Axis.Linear linear -> new Axis.Linear(Math.max(high, linear.high()));
      case Axis.Log log -> new Axis.Log(log.low(), Math.max(high, log.high()));
    };
  }

  private Chart chart() {
    double top = drawing.y() + (across.isPresent() ? 20 : 4);
    double bottom = top + bars.size() * ROW + 2;
    ticks(top, bottom);
    drawing.down(top - drawing.y());
    List<Double> tops = new ArrayList<>();
    for (Bar bar : bars) {
      tops.add(drawing.y());
      bar(bar, drawing.y() + 18);
      drawing.down(ROW);
    }
    across.ifPresent(line -> across(line, top, bottom));
    for (int i = 0; i < bars.size(); i++) {
      names(bars.get(i), tops.get(i) + 13);
    }
    drawing.down(20);
    return drawing.finish(table());
  }

  private void ticks(double top, double bottom) {
    for (double tick : axis.ticks()) {
      drawing.line(x(tick), top, x(tick), bottom, "rule");
      String anchor = x(tick) > Drawing.RIGHT - 12 ? "tick end" : "tick middle";
      drawing.text(Figures.tick(tick), x(tick), bottom + 14, tick == 0 ? "tick" : anchor);
    }
  }

  private void bar(Bar bar, double top) {
    if (axis instanceof Axis.Linear) {
      drawing.box(x(0), top, x(bar.value()) - x(0), BAR, bar.mark().style());
    } else {
      drawing.line(Drawing.LEFT, top + BAR / 2, Drawing.RIGHT, top + BAR / 2, "rule");
    }
    if (bar.hasInterval()) {
      drawing.whisker(x(bar.low()), x(bar.high()), top + BAR / 2);
    }
    if (axis instanceof Axis.Log) {
      drawing.shape(bar.mark().shape(), x(bar.value()), top + BAR / 2, bar.mark().style());
    }
  }

  private void names(Bar bar, double at) {
    String style = bar.mark().style();
    drawing.shape(bar.mark().shape(), Drawing.LEFT + 5, at - 4, style);
    drawing.text(Drawing.cut(bar.name(), NAME_LETTERS), Drawing.LEFT + 14, at, "over " + style);
    String times = times(bar);
    String figure = (Figures.of(bar.value()) + " " + unit).strip();
    String both = times.isEmpty() ? figure : figure + " · " + times;
    drawing.text(
        unit.isEmpty() && !times.isEmpty() ? times : both, Drawing.RIGHT, at, "over end " + style);
  }

  private String times(Bar bar) {
    return across
        .filter(line -> line.value() > 0 && !line.name().equals(bar.name()))
        .map(line -> Figures.of(bar.value() / line.value()) + "× " + line.name())
        .orElse("");
  }

  private void across(Across line, double top, double bottom) {
    double x = x(line.value());
    drawing.line(x, top - 4, x, bottom, "across");
    String at = Figures.of(line.value()) + " " + unit;
    String words = unit.isEmpty() ? line.name() : line.name() + " " + at;
    boolean left = x < Drawing.WIDTH / 2.0;
    double beside = left ? Math.max(x - 2, Drawing.LEFT) : x + 2;
    drawing.text(words, beside, top - 7, left ? "limit" : "limit end");
  }

  private double x(double value) {
    return Drawing.LEFT + (Drawing.RIGHT - Drawing.LEFT) * axis.at(value);
  }

  private List<List<String>> table() {
    List<List<String>> table = new ArrayList<>();
    String line = across.map(Across::name).orElse("");
    table.add(List.of("system", "role", "figure", "interval", line.isEmpty() ? "" : "÷ " + line));
    for (Bar bar : bars) {
      String interval = Figures.interval(bar.low(), bar.high());
      String figure = (Figures.of(bar.value()) + " " + unit).strip();
      table.add(List.of(bar.name(), bar.mark().style(), figure, interval, times(bar)));
    }
    return table;
  }
}
