package dev.varve.bench;

import dev.varve.bench.compare.CannotBeDone;
import dev.varve.bench.compare.MeasuringFailed;
import dev.varve.bench.doctor.Doctor;
import dev.varve.bench.doctor.Finding;
import dev.varve.bench.questions.Questions;
import dev.varve.bench.questions.Scratch;
import dev.varve.bench.report.Report;
import dev.varve.bench.results.RunFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** What {@code ./bench} understands: the same runs as Maven's, and what helps with them. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "varve benchmarks",
    synopsisSubcommandLabel = "COMMAND",
    description = "Measures Varve, its peers and the physical limit on this machine.",
    subcommands = {ExportCommand.class, CompareCommand.class, ReproduceCommand.class},
    footer = "Exit codes: 0 fine, 1 a failure, a regression or a doubt, 2 cannot be done.")
public final class Commands {
  /** System property with the folder in which {@code ./bench} was called. */
  private static final String CALLER = "varve.bench.caller";

  private final PrintStream out;

  Commands(PrintStream out) {
    this.out = out;
  }

  /** Ends the JVM with the exit code of the command. */
  public static void main(String[] args) {
    System.exit(of(System.out).execute(args));
  }

  /** The command line, with what it tells going there. */
  static CommandLine of(PrintStream out) {
    return new CommandLine(new Commands(out))
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, path -> Path.of(fromHere(path)))
        .setExecutionExceptionHandler(Commands::explain);
  }

  /** What is wrong with files, or does not work here, is said without a trace. */
  private static int explain(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    IOException cause =
        switch (e) {
          case IOException io -> io;
          case UncheckedIOException unchecked -> Objects.requireNonNull(unchecked.getCause());
          default -> throw e;
        };
    command.getErr().println(Bench.explain(cause));
    return cause instanceof MeasuringFailed ? Bench.FAILED : Bench.REFUSED;
  }

  /**
   * A path as whoever calls {@code ./bench} sees it, seen from the root of the repository, where
   * this runs; empty if it is.
   */
  static String fromHere(String path) {
    if (path.isEmpty()) {
      return path;
    }
    Path root = Path.of("").toAbsolutePath();
    Path seen = root.resolve(System.getProperty(CALLER, "")).resolve(path).normalize();
    return seen.startsWith(root) ? root.relativize(seen).toString() : seen.toString();
  }

  /** Where commands print. */
  PrintStream out() {
    return out;
  }

  /** What of all there is to measure. */
  static final class Selection {
    @Option(
        names = {"-q", "--questions"},
        paramLabel = "REGEX",
        defaultValue = "",
        description = "searched for in question, class and parameters")
    private String questions = "";

    @Option(
        names = {"-s", "--systems"},
        paramLabel = "A,B",
        defaultValue = "",
        description = "names, separated by commas")
    private String systems = "";

    @Option(
        names = "--dir",
        paramLabel = "FOLDER",
        defaultValue = "",
        description = "for the files of benchmarks; target/bench")
    private String dir = "";

    @Option(
        names = "--jmh",
        paramLabel = "ARGS",
        defaultValue = "",
        description = "further arguments of JMH, such as \"-f 3 -prof gc\"")
    private String jmh = "";

    Map<String, String> asked(String mode) {
      Map<String, String> asked = new LinkedHashMap<>();
      asked.put("bench", questions);
      asked.put("bench.mode", mode);
      asked.put("bench.systems", systems);
      asked.put("bench.dir", fromHere(dir));
      asked.put("jmh.args", jmh);
      return asked;
    }
  }

  @Command(name = "quick", description = "The headline cases, once, in a few minutes.")
  int quick(@Mixin Selection selection) throws InterruptedException {
    return Main.compare(selection.asked("quick"));
  }

  @Command(name = "run", description = "All cases, or rounds with verdicts.")
  int run(
      @Mixin Selection selection,
      @Option(
              names = {"-m", "--mode"},
              defaultValue = "",
              description = "quick, full, verdict or smoke; full if not given")
          String mode,
      @Option(
              names = {"-r", "--rounds"},
              paramLabel = "N",
              defaultValue = "",
              description = "how often every row has its turn")
          String rounds,
      @Option(
              names = "--resume",
              paramLabel = "FOLDER",
              defaultValue = "",
              description = "goes on with an interrupted run, as it was asked for then")
          String resume)
      throws InterruptedException {
    Map<String, String> asked = selection.asked(mode.isEmpty() && resume.isEmpty() ? "full" : mode);
    asked.put("bench.rounds", rounds);
    asked.put(Settings.RESUME, fromHere(resume));
    return Main.compare(asked);
  }

  @Command(name = "list", description = "The questions, what is measured for each, and by whom.")
  int list() {
    Bench.list(Questions.all(), out);
    return Bench.DONE;
  }

  @Command(name = "report", description = "Writes a run's report.html, and its charts as SVG.")
  int report(
      @Parameters(
              arity = "0..1",
              paramLabel = "FOLDER",
              description = "of the run; the last complete one if not given")
          Path folder,
      @Option(names = "--out", paramLabel = "FOLDER", description = "if not into the run's")
          Path to)
      throws IOException {
    Path run = folder == null ? Scratch.root().resolve("results/local/latest") : folder;
    Path target = to == null ? run : to;
    RunFolder found = RunFolder.open(run);
    if (found.rows().isEmpty()) {
      throw new CannotBeDone(run + " has no figures: its run measured nothing yet.");
    }
    new Report(found).write(target);
    out.println(target.resolve(Report.PAGE));
    return Bench.DONE;
  }

  @Command(name = "doctor", description = "What about this machine makes figures untrustworthy.")
  int doctor(
      @Option(names = "--dir", paramLabel = "FOLDER", description = "for the files of benchmarks")
          Path dir)
      throws IOException {
    Path scratch = dir == null ? Scratch.root().resolve("target/bench") : dir;
    List<Finding> findings = Doctor.ofThisMachine(Files.createDirectories(scratch)).examine();
    findings.forEach(out::println);
    return findings.stream().allMatch(Finding::good) ? Bench.DONE : Bench.FAILED;
  }
}
