package dev.varve.bench.results;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * The folder of one run, {@code results/local/<utc>_<mode>/} where it was made. Files are replaced
 * as a whole, so an interrupted run keeps what it had; {@code latest} points to it only when it is
 * complete.
 */
public final class RunFolder {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENVIRONMENT = "environment.json";

  private static final String JMH = "jmh.json";

  private static final String SUMMARY = "summary.csv";
  private static final String ROUNDS = "rounds.csv";
  private static final String COSTS = "costs.csv";

  private final Path folder;
  private final Environment environment;

  private RunFolder(Path folder, Environment environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Creates the folder of a run that begins now. */
  public static RunFolder create(Path root, String mode, Instant now, Environment environment)
      throws IOException {
    Path local = root.resolve("results").resolve("local");
    Path folder = Files.createDirectories(local.resolve(STAMP.format(now) + "_" + mode));
    RunFolder created = new RunFolder(folder, environment);
    created.write(ENVIRONMENT, environment.json());
    return created;
  }

  /** Opens the folder of a run that was made. Throws if it is none. */
  public static RunFolder open(Path folder) throws IOException {
    Path file = folder.resolve(ENVIRONMENT);
    if (!Files.exists(file)) {
      throw new BrokenResult(folder, 0, "no result of a run: there is no " + ENVIRONMENT);
    }
    return new RunFolder(folder, Environment.read(file));
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** Everything around the run. */
  public Environment environment() {
    return environment;
  }

  /** A row for each figure of the run, rounded, with the interval over iterations or forks. */
  public List<Row> rows() throws IOException {
    return ResultCsv.readSummary(folder.resolve(SUMMARY), environment.fileSystem());
  }

  /** The forks in the order of the file; none of runs before there were rounds. */
  public List<Fork> forks() throws IOException {
    return ResultCsv.readForks(
        folder.resolve(ROUNDS), folder.resolve(COSTS), environment.fileSystem());
  }

  /** JMH's own output: every iteration, as JSON. Throws where it is not there. */
  public String raw() throws IOException {
    if (!Files.exists(folder.resolve(JMH))) {
      throw new BrokenResult(folder, 0, "there is no " + JMH);
    }
    return text(JMH);
  }

  /** The text of a file; empty where it is not there. */
  public String text(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Csv.text(file) : "";
  }

  /** Copies it to where runs of this repository are kept, under a name of its own. */
  public RunFolder copyTo(Path root, String mode) throws IOException {
    RunFolder copy = create(root, mode, Instant.now(), environment);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.folder.resolve(file.getFileName()), REPLACE_EXISTING);
      }
    }
    return copy;
  }

  /** Writes a file of text. */
  public void write(String name, String text) throws IOException {
    Path temporary = folder.resolve("." + name + ".tmp");
    Files.writeString(temporary, text);
    Files.move(temporary, folder.resolve(name), ATOMIC_MOVE);
  }

  /** Writes the forks so far, and what follows from them. */
  public void writeForks(List<Fork> forks) throws IOException {
    write(ROUNDS, ResultCsv.rounds(forks));
    write(COSTS, ResultCsv.costs(forks));
    write(SUMMARY, ResultCsv.summary(Fork.rows(forks)));
  }

  /**
   * Adds what JMH measured in a fork, in its own format.
   *
   * @param forks how many there were before; what is beyond them is left of a fork that was
   *     interrupted before it counted
   */
  public void addRaw(Collection<RunResult> results, int forks) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(json, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    Path file = folder.resolve(JMH);
    List<JsonNode> all = new ArrayList<>();
    if (Files.exists(file)) {
      JSON.readTree(Files.readString(file)).forEach(all::add);
    }
    all.subList(Math.min(forks, all.size()), all.size()).clear();
    JSON.readTree(json.toString(StandardCharsets.UTF_8)).forEach(all::add);
    write(
        JMH,
        all.stream().map(JsonNode::toString).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
  }

  /** Says with which flags and libraries it is measured, where that is not this harness. */
  public void measuredBy(Environment harness) throws IOException {
    write(ENVIRONMENT, environment.measuredBy(harness).json());
  }

  /** Declares the run complete: {@code latest} points to it from now on. */
  public void complete() throws IOException {
    Path run = folder.toRealPath();
    Path local = run.resolveSibling("latest");
    Path link = run.resolveSibling(".latest.tmp");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, run.getFileName());
    Files.move(link, local, ATOMIC_MOVE);
  }
}
