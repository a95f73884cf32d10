package dev.varve.bench.report;

import dev.varve.bench.chart.Chart;
import dev.varve.bench.chart.Markup;
import dev.varve.bench.questions.Question;
import dev.varve.bench.questions.Questions;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.Row;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.VerdictsCsv;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run found out, for people: one page, and its charts as files. */
public final class Report {
  /** Name of the page. */
  public static final String PAGE = "report.html";

  private static final String CHARTS = "charts";
  private static final String VERDICTS = "verdicts";
  private static final String GLANCE = "glance";

  private final Path data;
  private final Setting setting;
  private final Glance glance;
  private final List<Chart> glances;
  private final List<Chart> verdicts;
  private final String promise;
  private final List<Section> sections;

  /** Reads a run. Throws if one of its files is broken. */
  public Report(RunFolder run) throws IOException {
    this.data = run.path().toRealPath();
    this.setting = new Setting(run.environment());
    List<Row> rows = run.rows();
    Names names = new Names();
    this.glance = new Glance(rows);
    this.glances = glance.charts(setting, names);
    List<Judged> judged = VerdictsCsv.read(run);
    this.verdicts = new VerdictCharts(setting, names).of(judged);
    this.promise = VerdictText.promise(judged.stream().map(Judged::verdict));
    this.sections = sections(rows, run.forks(), names);
  }

  private List<Section> sections(List<Row> rows, List<Fork> forks, Names names) {
    Map<String, String> asks =
        Questions.all().stream().collect(Collectors.toMap(Question::name, Question::asks));
    Names anchors = new Names();
    anchors.of(VERDICTS);
    anchors.of(GLANCE);
    List<Section> found = new ArrayList<>();
    for (List<Row> asked : Charts.groups(rows, Row::question)) {
      String question = asked.getFirst().question();
      String sentence = asks.getOrDefault(question, "");
      List<Fork> measured =
          forks.stream().filter(f -> f.rows().getFirst().question().equals(question)).toList();
      List<Chart> charts = new ArrayList<>(new Charts(setting, names).of(asked, sentence));
      charts.addAll(new CostCharts(setting, names).of(measured));
      List<List<String>> costs = CostCharts.table(measured);
      found.add(new Section(anchors.of(question), question, sentence, charts, costs));
    }
    return found;
  }

  /**
   * Writes the page alone, replacing one that is there.
   *
   * @param folder made if there is none
   */
  public void writePage(Path folder) throws IOException {
    Path out = Files.createDirectories(folder).toRealPath();
    Files.writeString(out.resolve(PAGE), page(toData(out)));
  }

  /**
   * Writes the page, every chart as a file in {@code charts}, and {@code charts.md}, which shows
   * them on the page of a repository.
   *
   * @param folder made if there is none
   */
  public void write(Path folder) throws IOException {
    writePage(folder);
    Path out = folder.toRealPath();
    Path charts = Files.createDirectories(out.resolve(CHARTS));
    for (Chart chart : charts()) {
      Files.writeString(charts.resolve(file(chart)), chart.file(toData(charts)));
    }
    Files.writeString(out.resolve("charts.md"), list(toData(out)));
  }

  private String page(String toData) {
    Page page = new Page("Benchmarks: " + data.getFileName(), toData);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("machine", setting.machine());
    facts.put("code", setting.code());
    facts.put("command", setting.command());
    page.facts(facts).legend();
    page.contents(contents());
    if (!verdicts.isEmpty()) {
      page.heading(VERDICTS, "Verdicts").says(promise).charts(verdicts);
    }
    page.heading(GLANCE, "At a glance").charts(glances);
    glance.tables().forEach((title, table) -> page.folded("all of ours, " + title, table));
    sections.forEach(section -> section.on(page));
    return page.end();
  }

  /** The page's sections by their anchors. */
  private Map<String, String> contents() {
    Map<String, String> contents = new LinkedHashMap<>();
    if (!verdicts.isEmpty()) {
      contents.put(VERDICTS, VERDICTS);
    }
    contents.put(GLANCE, "at a glance");
    sections.forEach(section -> contents.put(section.anchor(), section.question()));
    return contents;
  }

  /** The charts for a repository's page, as the HTML that Markdown allows. */
  private String list(String toData) {
    Markup text = new Markup();
    text.text("# Charts of " + data.getFileName() + "\n\n");
    text.text("Written by ./bench report; nothing here is edited by hand.\n\n");
    for (Chart chart : charts()) {
      String path = CHARTS + "/" + file(chart);
      String title = chart.frame().title();
      text.open("p").open("a", "href", toData + chart.frame().data());
      text.empty("img", "src", path, "width", "360", "alt", title).close().close();
    }
    return text.toString();
  }

  private List<Chart> charts() {
    List<Chart> charts = new ArrayList<>(verdicts);
    charts.addAll(glances);
    sections.forEach(section -> charts.addAll(section.charts()));
    return charts;
  }

  private static String file(Chart chart) {
    return chart.frame().name() + ".svg";
  }

  /** The way from a folder to the data as a link has it. */
  private String toData(Path from) {
    String path = from.relativize(data).toString();
    try {
      return path.isEmpty() ? "" : new URI(null, null, "./" + path + "/", null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One question's part of the page. */
  private record Section(
      String anchor, String question, String asks, List<Chart> charts, List<List<String>> costs) {

    void on(Page page) {
      page.heading(anchor, question).says(asks).charts(charts);
      if (!costs.isEmpty()) {
        page.folded("memory and garbage collection", costs);
      }
    }
  }
}
