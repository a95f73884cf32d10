package dev.varve.bench;

import dev.varve.bench.compare.BuiltRevision;
import dev.varve.bench.compare.CannotBeDone;
import dev.varve.bench.compare.Checkouts;
import dev.varve.bench.compare.TwoFolders;
import dev.varve.bench.questions.Questions;
import dev.varve.bench.report.ChangeText;
import dev.varve.bench.results.Environment;
import dev.varve.bench.results.Medium;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.Change;
import dev.varve.bench.verdict.Changes;
import dev.varve.bench.verdict.Family;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.RunPair;
import dev.varve.bench.verdict.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says whether ours became slower from one result, or one revision, to another. */
@Command(
    name = "compare",
    description = {
      "Two results: whether ours became faster or slower beside its reference.",
      "Two revisions: builds both and measures them now, in random rounds."
    })
final class CompareCommand implements Callable<Integer> {
  @ParentCommand private @Nullable Commands bench;

  @Parameters(index = "0", paramLabel = "A", description = "the folder of a run, or a revision")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "a later one of the same kind")
  private String second = "";

  @Option(
      names = "--force",
      description = "results although the machines, media or durability are not the same")
  private boolean force;

  @Option(
      names = {"-q", "--questions"},
      paramLabel = "REGEX",
      defaultValue = "",
      description = "of revisions: searched for in question, class and parameters")
  private String questions = "";

  @Option(
      names = {"-r", "--rounds"},
      paramLabel = "N",
      defaultValue = "",
      description = "of revisions: 20 if not given")
  private String rounds = "";

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = "",
      description = "of revisions: for the files of benchmarks; target/bench")
  private String dir = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = bench == null ? System.out : bench.out();
    boolean firstIsFolder = Files.isDirectory(here(first));
    if (firstIsFolder != Files.isDirectory(here(second))) {
      throw new CannotBeDone("One is a folder, the other is none: give two of a kind.");
    }
    return firstIsFolder ? folders(out) : revisions(out);
  }

  private static Path here(String path) {
    return Path.of(Commands.fromHere(path));
  }

  private int folders(PrintStream out) throws IOException {
    if (!(questions + rounds + dir).isEmpty()) {
      throw new CannotBeDone(
          "--questions, --rounds and --dir are for revisions: results are compared as they are.");
    }
    RunFolder before = RunFolder.open(here(first));
    RunFolder after = RunFolder.open(here(second));
    TwoFolders both = new TwoFolders(before, after);
    List<String> doubts = both.doubts();
    if (!doubts.isEmpty()) {
      out.println(
          force
              ? "FORCED: figures of unlike runs, and nothing that follows can be relied on."
              : "These two are not compared (unless with --force), they are unlike:");
      doubts.forEach(doubt -> out.println("  " + doubt));
      if (!force) {
        return Bench.REFUSED;
      }
    }
    List<RunPair> pairs = both.pairs();
    if (pairs.isEmpty()) {
      throw new CannotBeDone("Both have no case with ours and the same limit or peer beside it.");
    }
    List<Change> changes = new Changes(pairs).judged();
    out.println("A: " + label(before));
    out.println("B: " + label(after));
    out.print(ChangeText.of(changes));
    boolean slower = changes.stream().anyMatch(change -> change.verdict() == Verdict.SLOWER);
    return slower ? Bench.FAILED : Bench.DONE;
  }

  private static String label(RunFolder run) {
    Environment environment = run.environment();
    return "%s, revision %s%s"
        .formatted(
            run.path(),
            environment.commit(),
            environment.dirty() ? " with changes that no revision has" : "");
  }

  private int revisions(PrintStream out) throws IOException, InterruptedException {
    if (force) {
      throw new CannotBeDone("--force is for results: revisions are measured on one machine.");
    }
    String scratch = Commands.fromHere(dir);
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("bench", questions);
    asked.put("bench.mode", RunMode.VERDICT.label());
    asked.put("bench.rounds", rounds);
    asked.put("bench.dir", scratch);
    Settings settings = settings(asked);
    List<Plan.Entry> ours = Plan.of(Questions.all(), settings).ours();
    if (ours.isEmpty()) {
      throw new CannotBeDone(
          "Nothing of ours matches \"%s\": see ./bench list".formatted(questions));
    }
    Files.createDirectories(settings.scratch());
    try (Checkouts checkouts = new Checkouts(settings.root(), Checkouts::uberjar)) {
      String before = commit(checkouts, first);
      String after = commit(checkouts, second);
      out.println("Building " + before + " and " + after + " ...");
      BuiltRevision older = checkouts.add(before);
      BuiltRevision newer = checkouts.add(after);
      int figures = ours.stream().mapToInt(entry -> entry.measured().figures()).sum();
      Family.refusal(settings.rounds(), 2 * figures)
          .ifPresent(reason -> out.println("There will be no verdicts: " + reason + "."));
      Bench.doubt(settings.scratch(), out);
      RunFolder folder = folder(settings, older, newer);
      out.println("Results: " + folder.path());
      List<Judged> judged =
          new RevisionRun(out, folder, settings.scratch(), older, newer)
              .run(ours, settings.rounds());
      return slower(judged) ? Bench.FAILED : Bench.DONE;
    }
  }

  /** Whether the newer one is slower than the older one anywhere. */
  private static boolean slower(List<Judged> judged) {
    return judged.stream()
        .anyMatch(one -> !one.pair().control() && one.verdict() == Verdict.SLOWER);
  }

  private static Settings settings(Map<String, String> asked) throws CannotBeDone {
    try {
      return Settings.of(asked);
    } catch (IllegalArgumentException e) {
      throw new CannotBeDone(String.valueOf(e.getMessage()));
    }
  }

  private static String commit(Checkouts checkouts, String revision)
      throws IOException, InterruptedException {
    return checkouts
        .commit(revision)
        .orElseThrow(
            () ->
                new CannotBeDone(
                    revision + " is no folder, and no revision of this repository either."));
  }

  private RunFolder folder(Settings settings, BuiltRevision older, BuiltRevision newer)
      throws IOException {
    Map<String, String> asked = new LinkedHashMap<>(settings.asked());
    asked.put("compare", older.commit() + " " + newer.commit());
    try {
      Environment environment =
          Environment.now(
              newer.folder(),
              Medium.of(settings.scratch()),
              new RowRunner(settings).forkFlags(),
              "./bench compare %s %s --questions \"%s\" --rounds %d%s"
                  .formatted(
                      older.commit(),
                      newer.commit(),
                      questions,
                      settings.rounds(),
                      dir.isEmpty() ? "" : " --dir " + Commands.fromHere(dir)),
              asked);
      return RunFolder.create(settings.root(), "compare", Instant.now(), environment);
    } catch (CommandLineOptionException e) {
      throw new CannotBeDone(String.valueOf(e.getMessage()));
    }
  }
}
