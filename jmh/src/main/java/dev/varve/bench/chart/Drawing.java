package dev.varve.bench.chart;

import java.util.ArrayList;
import java.util.List;

/** A chart that is being drawn from top to bottom. */
final class Drawing {
  /** As wide as a phone; what is wider scales it. */
  static final int WIDTH = 360;

  /** Where everything begins. */
  static final double LEFT = 12;

  /** Where everything ends. */
  static final double RIGHT = WIDTH - LEFT;

  private static final double TITLE_LETTER = 9;
  private static final double LETTER = 7.4;
  private static final double SMALL_LETTER = 6.1;

  final Markup markup = new Markup();

  private final Frame frame;
  private double y = 10;

  /** Begins with the frame's title. */
  Drawing(Frame frame) {
    this.frame = frame;
    lines(frame.title(), TITLE_LETTER, 18, "title");
    lines(frame.subtitle(), LETTER, 17, "subtitle");
    lines(frame.reading(), SMALL_LETTER, 15, "reading");
    y += 4;
  }

  /** How far down everything reaches that was drawn so far. */
  double y() {
    return y;
  }

  /** Goes further down and says where that is. */
  double down(double by) {
    y += by;
    return y;
  }

  /** Ends with the frame's source. */
  Chart finish(List<List<String>> table) {
    y += 6;
    frame.source().forEach(line -> lines(line, SMALL_LETTER, 14, "source"));
    return new Chart(frame, y, markup, table);
  }

  /** Words in as many lines as they take. */
  void lines(String words, double letter, double height, String style) {
    for (String line : wrapped(words, (int) ((RIGHT - LEFT) / letter))) {
      text(line, LEFT, down(height), style);
    }
  }

  void text(String words, double x, double at, String style) {
    markup.element("text", words, "class", style, "x", x, "y", at);
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    markup.empty("line", "class", style, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
  }

  void box(double x, double top, double width, double height, String style) {
    markup.empty(
        "rect", "class", style, "x", x, "y", top, "width", Math.max(width, 0), "height", height);
  }

  void shape(Shape shape, double x, double at, String style) {
    String moved = "translate(" + Markup.number(x) + " " + Markup.number(at) + ")";
    markup.empty("path", "class", style, "transform", moved, "d", shape.path());
  }

  /** A horizontal interval with its two ends. */
  void whisker(double low, double high, double at) {
    String path =
        "M%s %sv6m0-3H%sm0-3v6"
            .formatted(Markup.number(low), Markup.number(at - 3), Markup.number(high));
    markup.empty("path", "class", "whisker", "d", path);
  }

  /** At most so many letters, the last one a mark where some were left out. */
  static String cut(String words, int letters) {
    return words.codePointCount(0, words.length()) <= letters
        ? words
        : words.substring(0, words.offsetByCodePoints(0, letters - 1)) + "…";
  }

  static List<String> wrapped(String words, int letters) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words.strip().split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > letters) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(cut(word, letters));
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
