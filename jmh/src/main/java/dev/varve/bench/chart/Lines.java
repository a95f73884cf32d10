package dev.varve.bench.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lines from left to right with an interval at each point, named at their ends. Ours is thick, the
 * limit is dashed, peers differ by colour and by the shape of their points.
 */
public final class Lines {
  private static final double LEFT = 44;
  private static final double RIGHT = 242;
  private static final double HEIGHT = 230;
  private static final double NAME_GAP = 13;
  private static final int NAME_LETTERS = 16;
  private static final int COLOURS = 6;
  private static final double FAR_APART = 8;

  /**
   * A place on the axis from left to right.
   *
   * @param label what is written there
   * @param at where it is, in any unit
   */
  public record Stop(String label, double at) {}

  /**
   * A figure at a stop.
   *
   * @param stop number of the stop, from 0 on
   * @param value the figure, not negative
   * @param low lower end of its interval; not a number if there is none
   * @param high upper end of its interval
   */
  public record Point(int stop, double value, double low, double high) {
    private boolean hasInterval() {
      return Double.isFinite(low) && Double.isFinite(high);
    }
  }

  /**
   * One line.
   *
   * @param name whose
   * @param mark in which role
   * @param points from left to right, at least one
   */
  public record Series(String name, Mark mark, List<Point> points) {
    /** Copies the points. */
    public Series {
      points = List.copyOf(points);
    }
  }

  private final Drawing drawing;
  private final List<Stop> stops;
  private final List<Series> series;
  private final Axis axis;
  private double bottom;

  private Lines(Frame frame, List<Stop> stops, List<Series> series) {
    this.axis = axis(series);
    this.drawing = new Drawing(frame.along(axis));
    this.stops = List.copyOf(stops);
    this.series = List.copyOf(series);
  }

  private static Axis axis(List<Series> series) {
    List<Double> values = new ArrayList<>();
    for (Series line : series) {
      for (Point point : line.points()) {
        values.add(point.value());
        values.add(point.hasInterval() ? point.high() : point.value());
      }
    }
    return Axis.of(values, FAR_APART);
  }

  /** Draws the lines. */
  public static Chart of(Frame frame, List<Stop> stops, List<Series> series) {
    return new Lines(frame, stops, series).chart();
  }

  private Chart chart() {
    double top = drawing.down(8);
    bottom = top + HEIGHT;
    grid(top);
    int peers = 0;
    List<Name> names = new ArrayList<>();
    for (Series line : series) {
      int number = line.mark() == Mark.PEER ? peers++ : 0;
      String style = line.mark() == Mark.PEER ? "p" + number % COLOURS : line.mark().style();
      Shape shape = line.mark() == Mark.PEER ? Shape.ofPeer(number) : line.mark().shape();
      draw(line, style, shape);
      Point last = line.points().getLast();
      names.add(new Name(line, style, x(last.stop()), y(last.value())));
    }
    names(names, top);
    drawing.down(HEIGHT + 24);
    return drawing.finish(table());
  }

  private void grid(double top) {
    for (double tick : axis.ticks()) {
      drawing.line(LEFT, y(tick), RIGHT, y(tick), "rule");
      drawing.text(Figures.tick(tick), LEFT - 6, y(tick) + 4, "tick end");
    }
    for (int stop = 0; stop < stops.size(); stop++) {
      drawing.line(x(stop), top, x(stop), bottom + 4, "rule");
      drawing.text(stops.get(stop).label(), x(stop), bottom + 17, "tick middle");
    }
  }

  private void draw(Series line, String style, Shape shape) {
    StringBuilder path = new StringBuilder();
    for (Point point : line.points()) {
      double x = x(point.stop());
      path.append(path.isEmpty() ? 'M' : 'L').append(Markup.number(x));
      path.append(' ').append(Markup.number(y(point.value())));
      if (point.hasInterval()) {
        drawing.line(x, y(point.low()), x, y(point.high()), "thin s-" + style);
      }
    }
    drawing.markup.empty("path", "class", "line s-" + style, "d", path);
    for (Point point : line.points()) {
      drawing.shape(shape, x(point.stop()), y(point.value()), "f-" + style);
    }
  }

  /** Names at the ends of their lines, moved apart where they would lie on each other. */
  private void names(List<Name> names, double top) {
    List<Name> sorted = names.stream().sorted(Comparator.comparingDouble(Name::y)).toList();
    double[] places = apart(sorted.stream().mapToDouble(Name::y).toArray(), top, bottom);
    for (int i = 0; i < places.length; i++) {
      Name name = sorted.get(i);
      drawing.line(name.x() + 5, name.y(), RIGHT + 8, places[i], "thin s-" + name.style());
      drawing.text(
          Drawing.cut(name.of().name(), NAME_LETTERS),
          RIGHT + 10,
          places[i] + 4,
          "reading f-" + name.style() + " " + name.of().mark().style());
    }
  }

  /** Ascending places, moved as little as keeps them a line apart and above the bottom. */
  private static double[] apart(double[] wanted, double top, double bottom) {
    double[] places = wanted.clone();
    double free = top;
    for (int i = 0; i < places.length; i++) {
      places[i] = Math.max(places[i], free);
      free = places[i] + NAME_GAP;
    }
    free = bottom;
    for (int i = places.length - 1; i >= 0; i--) {
      places[i] = Math.min(places[i], free);
      free = places[i] - NAME_GAP;
    }
    return places;
  }

  private double x(int stop) {
    double first = stops.getFirst().at();
    double span = stops.getLast().at() - first;
    double share = span == 0 ? 0.5 : (stops.get(stop).at() - first) / span;
    return LEFT + 10 + (RIGHT - LEFT - 20) * share;
  }

  private double y(double value) {
    return bottom - HEIGHT * axis.at(value);
  }

  private List<List<String>> table() {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("system", "role"));
    stops.forEach(stop -> head.add(stop.label()));
    table.add(head);
    for (Series line : series) {
      List<String> cells = new ArrayList<>(List.of(line.name(), line.mark().style()));
      stops.forEach(_ -> cells.add(""));
      for (Point point : line.points()) {
        String interval = Figures.interval(point.low(), point.high());
        String figure = Figures.of(point.value());
        cells.set(point.stop() + 2, interval.isEmpty() ? figure : figure + " (" + interval + ")");
      }
      table.add(cells);
    }
    return table;
  }

  private record Name(Series of, String style, double x, double y) {}
}
