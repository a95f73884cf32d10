package dev.varve.bench.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A drawn chart.
 *
 * @param frame what it says besides its figures
 * @param height of what was drawn
 * @param content what was drawn
 * @param table its figures as lines of cells, the heading first
 */
public record Chart(Frame frame, double height, Markup content, List<List<String>> table) {
  private static final String STYLE = resource("chart.css");
  private static final double BELOW = 12;
  private static final double LINK = 28;

  /** Copies the table. */
  public Chart {
    table = List.copyOf(table);
  }

  /** The style of all charts, for the page that they stand in. */
  public static String style() {
    return STYLE;
  }

  /** For a page that has {@link #style} and that links the data beside it. */
  public Markup inline() {
    Markup svg = new Markup();
    return body(svg, height + BELOW).close();
  }

  /**
   * As a file of its own.
   *
   * @param toData from its folder to that of the data, empty or with a slash at its end
   */
  public String file(String toData) {
    Markup svg = new Markup();
    body(svg, height + LINK, "xmlns", "http://www.w3.org/2000/svg").element("style", STYLE);
    svg.open("a", "href", toData + frame.data());
    String words = "raw data: " + frame.data();
    double at = height + LINK - BELOW;
    svg.element("text", words, "class", "source link", "x", Drawing.LEFT, "y", at).close();
    return svg.close().toString();
  }

  private Markup body(Markup svg, double tall, Object... namespace) {
    String width = Integer.toString(Drawing.WIDTH);
    List<Object> attributes = new ArrayList<>(List.of(namespace));
    attributes.addAll(List.of("class", "chart", "role", "img"));
    attributes.addAll(List.of("viewBox", "0 0 " + width + " " + Markup.number(tall)));
    attributes.addAll(List.of("width", width, "height", tall));
    attributes.addAll(List.of("aria-labelledby", id("title") + " " + id("desc")));
    svg.open("svg", attributes.toArray());
    svg.element("title", title(), "id", id("title"));
    svg.element("desc", description(), "id", id("desc"));
    svg.empty("rect", "class", "paper", "width", width, "height", tall, "rx", 6.0);
    return svg.add(content);
  }

  private String id(String part) {
    return frame.name() + "-" + part;
  }

  private String title() {
    return frame.subtitle().isEmpty() ? frame.title() : frame.title() + ", " + frame.subtitle();
  }

  /** Everything that the picture shows, in words. */
  private String description() {
    StringBuilder text = new StringBuilder(frame.reading()).append(". ");
    table.stream().skip(1).forEach(line -> text.append(String.join(", ", line)).append(". "));
    return text.append(String.join(". ", frame.source())).toString();
  }

  private static String resource(String name) {
    try (InputStream resource =
        Objects.requireNonNull(Chart.class.getResourceAsStream(name), name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
