package dev.varve.bench.report;

import dev.varve.bench.chart.Chart;
import dev.varve.bench.chart.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The report as one HTML page that needs nothing else: no script, no font, no picture. Its policy
 * forbids the browser to ask anybody for anything.
 */
final class Page {
  /** What the browser is told to load: nothing but the style that the page brings. */
  static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

  private final Markup page = new Markup();
  private final String toData;

  /**
   * An empty page.
   *
   * @param title what it is called
   * @param toData from its folder to that of the data, empty or with a slash at its end
   */
  Page(String title, String toData) {
    this.toData = toData;
    page.open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.empty("link", "rel", "icon", "href", "data:,");
    page.element("title", title);
    page.element("style", resource("page.css") + Chart.style());
    page.close().open("body").open("main").element("h1", title);
  }

  /** A paragraph. */
  Page says(String words) {
    page.element("p", words);
    return this;
  }

  /** Words with what they say. */
  Page facts(Map<String, String> facts) {
    page.open("dl");
    facts.forEach((name, fact) -> page.element("dt", name).element("dd", fact));
    page.close();
    return this;
  }

  /** What the marks of charts mean. */
  Page legend() {
    page.open("p", "class", "legend");
    page.element("span", "● ours", "class", "ours").text(" ");
    page.element("span", "■ peers", "class", "peer").text(" ");
    page.element("span", "◆ limit, a loop by hand that does the least possible", "class", "limit");
    page.close();
    return this;
  }

  /** Links to sections: names of anchors and what is written there. */
  Page contents(Map<String, String> sections) {
    page.open("nav");
    sections.forEach((anchor, words) -> page.element("a", words, "href", "#" + anchor).text(" "));
    page.close();
    return this;
  }

  /** A heading to which {@link #contents} can link. */
  Page heading(String anchor, String words) {
    page.element("h2", words, "id", anchor);
    return this;
  }

  /** Charts beside each other where there is room, each with its figures as a table. */
  Page charts(List<Chart> charts) {
    page.open("div", "class", "charts");
    for (Chart chart : charts) {
      String name = chart.frame().name();
      page.open("figure").add(chart.inline()).open("figcaption");
      page.element("a", "raw data: " + chart.frame().data(), "href", toData + chart.frame().data());
      page.open("details").element("summary", "the same as a table");
      table(name, chart.table());
      page.close().close().close();
    }
    page.close();
    return this;
  }

  /** A table that is folded together. */
  Page folded(String words, List<List<String>> table) {
    page.open("details").element("summary", words);
    table(words, table);
    page.close();
    return this;
  }

  /** A table in a box of its own that scrolls where the page is narrow; the heading comes first. */
  Page table(String name, List<List<String>> lines) {
    page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", name);
    page.open("table").open("thead");
    row("th", lines.getFirst());
    page.close().open("tbody");
    lines.stream().skip(1).forEach(line -> row("td", line));
    page.close().close().close();
    return this;
  }

  private void row(String cell, List<String> cells) {
    page.open("tr");
    cells.forEach(words -> page.element(cell, words));
    page.close();
  }

  /** The whole page. */
  String end() {
    return "<!doctype html>\n" + page.close().close().close();
  }

  private static String resource(String name) {
    try (InputStream resource =
        Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
