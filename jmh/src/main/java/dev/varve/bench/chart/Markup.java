package dev.varve.bench.chart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes elements of SVG and HTML; texts and the values of attributes are escaped. */
public final class Markup {
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; numbers get one decimal
   */
  public Markup open(String element, Object... attributes) {
    begin(element, attributes);
    text.append('>');
    open.push(element);
    return this;
  }

  /** Closes the element that was opened last. */
  public Markup close() {
    text.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** An element that has no content and needs no end. */
  public Markup empty(String element, Object... attributes) {
    begin(element, attributes);
    text.append("/>\n");
    return this;
  }

  /** An element with a text. */
  public Markup element(String element, String content, Object... attributes) {
    return open(element, attributes).text(content).close();
  }

  /** A text. */
  public Markup text(String content) {
    text.append(escaped(content));
    return this;
  }

  /** Elements that were written before. */
  public Markup add(Markup elements) {
    text.append(elements);
    return this;
  }

  private void begin(String element, Object... attributes) {
    text.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      String value =
          attributes[i + 1] instanceof Double number
              ? number(number)
              : attributes[i + 1].toString();
      text.append(' ').append(attributes[i]).append("=\"").append(escaped(value)).append('"');
    }
  }

  /** A coordinate: one decimal, none if it is zero. */
  static String number(double value) {
    String digits = String.format(Locale.ROOT, "%.1f", value);
    String shorter = digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
    return shorter.equals("-0") ? "0" : shorter;
  }

  /** Without what markup gives a meaning, and without characters that XML does not have. */
  static String escaped(String content) {
    StringBuilder escaped = new StringBuilder();
    content.codePoints().forEach(point -> escaped.append(escaped(point)));
    return escaped.toString();
  }

  private static String escaped(int point) {
    return switch (point) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      default -> Character.toString(allowed(point) ? point : REPLACEMENT);
    };
  }

  private static boolean allowed(int point) {
    boolean control = point < ' ' && point != '\t' && point != '\n';
    boolean oldControl = point >= 0x7f && point < 0xa0;
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    boolean noCharacter = (point & 0xfffe) == 0xfffe;
    return !(control || oldControl || surrogate || noCharacter);
  }

  /** What was written so far. */
  @Override
  public String toString() {
    return text.toString();
  }
}
