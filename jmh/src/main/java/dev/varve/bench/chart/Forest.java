package dev.varve.bench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Ratios with their intervals around one, the smallest detectable change shaded and the verdict's
 * word at each. The axis is logarithmic: twice and half as fast are equally far from one.
 */
public final class Forest {
  private static final double ROW = 34;
  private static final double HEADING = 30;
  private static final int NAME_LETTERS = 20;
  private static final double LEAST_REACH = 1.25;
  private static final double MARGIN = 1.04;

  /** What a comparison came to. */
  public enum Outcome {
    /** More than one, and not by chance. */
    FASTER,
    /** Less than one, and not by chance. */
    SLOWER,
    /** Neither was shown. */
    OPEN
  }

  /**
   * One comparison.
   *
   * @param group what it belongs to; its heading where it changes
   * @param name with whom
   * @param ratio how many times as fast
   * @param low lower end of its interval; not a number if there is none
   * @param high upper end of its interval
   * @param detectable the smallest detectable change as a share; not a number if unknown
   * @param outcome decides the mark
   * @param word the verdict
   * @param reason why there is none; may be empty
   */
  public record Ratio(
      String group,
      String name,
      double ratio,
      double low,
      double high,
      double detectable,
      Outcome outcome,
      String word,
      String reason) {

    private boolean known() {
      return Double.isFinite(low) && Double.isFinite(high);
    }
  }

  private final Drawing drawing;
  private final List<Ratio> ratios;
  private final Axis.Log axis;

  private Forest(Frame frame, List<Ratio> ratios) {
    this.drawing = new Drawing(frame);
    this.ratios = List.copyOf(ratios);
    double low = Math.min(1 / LEAST_REACH, all().min().orElse(1));
    double high = Math.max(LEAST_REACH, all().max().orElse(1));
    this.axis = new Axis.Log(low / MARGIN, high * MARGIN);
  }

  /** Draws comparisons from top to bottom. */
  public static Chart of(Frame frame, List<Ratio> ratios) {
    return new Forest(frame, ratios).chart();
  }

  private DoubleStream all() {
    return ratios.stream()
        .flatMapToDouble(r -> DoubleStream.of(r.ratio(), r.low(), r.high()))
        .filter(value -> Double.isFinite(value) && value > 0);
  }

  private Chart chart() {
    double top = drawing.down(18);
    drawing.text("← slower", Drawing.LEFT, top, "tick");
    drawing.text("faster →", Drawing.RIGHT, top, "tick end");
    long groups = ratios.stream().map(Ratio::group).distinct().count();
    double bottom = top + 6 + groups * HEADING + ratios.size() * ROW;
    ticks(top + 6, bottom);
    drawing.down(6);
    String group = "";
    for (Ratio ratio : ratios) {
      if (!ratio.group().equals(group)) {
        group = ratio.group();
        drawing.text(Drawing.cut(group, 48), Drawing.LEFT, drawing.down(HEADING) - 6, "over word");
      }
      draw(ratio, drawing.y());
      drawing.down(ROW);
    }
    drawing.down(20);
    return drawing.finish(table());
  }

  private void ticks(double top, double bottom) {
    for (double tick : axis.ticks()) {
      drawing.line(x(tick), top, x(tick), bottom, tick == 1 ? "base" : "rule");
      drawing.text(Figures.tick(tick) + "×", x(tick), bottom + 14, "tick middle");
    }
  }

  private void draw(Ratio ratio, double top) {
    double middle = top + 23;
    if (Double.isFinite(ratio.detectable())) {
      double left = x(1 / (1 + ratio.detectable()));
      drawing.box(left, middle - 7, x(1 + ratio.detectable()) - left, 14, "band");
      drawing.line(x(1), middle - 7, x(1), middle + 7, "base");
    }
    if (ratio.known()) {
      drawing.whisker(x(ratio.low()), x(ratio.high()), middle);
    }
    if (Double.isFinite(ratio.ratio())) {
      drawing.shape(shape(ratio.outcome()), x(ratio.ratio()), middle, style(ratio.outcome()));
    }
    drawing.text(Drawing.cut(ratio.name(), NAME_LETTERS), Drawing.LEFT, top + 11, "over");
    String words = ratio.word() + " " + figure(ratio.ratio()) + "×";
    drawing.text(words, Drawing.RIGHT, top + 11, "over end word");
  }

  private static Shape shape(Outcome outcome) {
    return switch (outcome) {
      case FASTER -> Shape.UP;
      case SLOWER -> Shape.DOWN;
      case OPEN -> Shape.CIRCLE;
    };
  }

  private static String style(Outcome outcome) {
    return switch (outcome) {
      case FASTER -> "ours";
      case SLOWER -> "limit";
      case OPEN -> "peer";
    };
  }

  private double x(double ratio) {
    return Drawing.LEFT + (Drawing.RIGHT - Drawing.LEFT) * axis.at(ratio);
  }

  private static String figure(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "";
  }

  private List<List<String>> table() {
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of("case", "compared with", "times as fast", "interval", "detectable", "verdict"));
    for (Ratio ratio : ratios) {
      boolean detects = Double.isFinite(ratio.detectable());
      table.add(
          List.of(
              ratio.group(),
              ratio.name(),
              figure(ratio.ratio()),
              ratio.known() ? figure(ratio.low()) + " – " + figure(ratio.high()) : "",
              detects ? String.format(Locale.ROOT, "%.1f %%", 100 * ratio.detectable()) : "",
              ratio.word() + (ratio.reason().isEmpty() ? "" : ": " + ratio.reason())));
    }
    return table;
  }
}
