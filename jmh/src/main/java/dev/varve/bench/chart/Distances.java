package dev.varve.bench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How near to a common goal two contestants come in many cases: both as points on one logarithmic
 * axis, the goal a line across at one.
 */
public final class Distances {
  private static final double ROW = 46;
  private static final double NEAR = 70;
  private static final double MARGIN = 1.15;
  private static final int NAME_LETTERS = 38;
  private static final double LEAST_REACH = 1.2;

  /**
   * One contestant.
   *
   * @param name who; empty if nobody
   * @param share how many times as fast as the goal; not a number if nobody
   */
  public record Spot(String name, double share) {
    /** Nobody. */
    public static final Spot NONE = new Spot("", Double.NaN);

    private String words() {
      return Double.isFinite(share) ? name + " " + Figures.of(share) + "×" : "";
    }
  }

  /**
   * One case.
   *
   * @param name what it is
   * @param ours ours
   * @param peer somebody else
   */
  public record Case(String name, Spot ours, Spot peer) {}

  private final Drawing drawing;
  private final List<Case> cases;
  private final Axis.Log axis;

  private Distances(Frame frame, List<Case> cases) {
    this.drawing = new Drawing(frame);
    this.cases = List.copyOf(cases);
    List<Double> shares =
        cases.stream()
            .flatMap(row -> Stream.of(row.ours().share(), row.peer().share()))
            .filter(share -> share > 0 && Double.isFinite(share))
            .toList();
    double low = shares.stream().mapToDouble(s -> s).min().orElse(1);
    double high = shares.stream().mapToDouble(s -> s).max().orElse(1);
    this.axis =
        new Axis.Log(Math.min(low, 1 / LEAST_REACH) / MARGIN, Math.max(high, LEAST_REACH) * MARGIN);
  }

  /**
   * Draws cases from top to bottom.
   *
   * @param goal what the line at one is called
   */
  public static Chart of(Frame frame, List<Case> cases, String goal) {
    return new Distances(frame, cases).chart(goal);
  }

  private Chart chart(String goal) {
    double top = drawing.down(20);
    double bottom = top + cases.size() * ROW;
    for (double tick : axis.ticks()) {
      drawing.line(x(tick), top, x(tick), bottom, "rule");
      drawing.text(Figures.tick(tick) + "×", x(tick), bottom + 14, "tick middle");
    }
    drawing.line(x(1), top - 4, x(1), bottom, "across");
    boolean left = x(1) > Drawing.RIGHT - NEAR;
    drawing.text(goal, x(1), top - 7, left ? "limit end" : "limit");
    cases.forEach(this::draw);
    drawing.down(20);
    return drawing.finish(table(goal));
  }

  private void draw(Case row) {
    double top = drawing.y();
    double middle = top + 22;
    drawing.line(Drawing.LEFT, middle, Drawing.RIGHT, middle, "rule");
    drawing.text(Drawing.cut(row.name(), NAME_LETTERS), Drawing.LEFT, top + 13, "over");
    String words = Figures.of(row.ours().share()) + "×";
    drawing.text(words, Drawing.RIGHT, top + 13, "over end ours");
    spot(row.peer(), middle, Mark.PEER);
    spot(row.ours(), middle, Mark.OURS);
    double x = Math.clamp(x(row.peer().share()), Drawing.LEFT + NEAR, Drawing.RIGHT - NEAR);
    if (!row.peer().words().isEmpty()) {
      drawing.text(row.peer().words(), x, middle + 16, "over tick middle");
    }
    drawing.down(ROW);
  }

  private void spot(Spot spot, double middle, Mark mark) {
    if (Double.isFinite(spot.share())) {
      drawing.shape(mark.shape(), x(spot.share()), middle, mark.style());
    }
  }

  private double x(double share) {
    double at = Double.isFinite(share) ? axis.at(share) : 0;
    return Drawing.LEFT + 5 + (Drawing.RIGHT - Drawing.LEFT - 10) * at;
  }

  private List<List<String>> table(String goal) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("case", "ours, as fast as the " + goal, "best peer, as fast as the " + goal));
    cases.forEach(row -> table.add(List.of(row.name(), row.ours().words(), row.peer().words())));
    return table;
  }
}
