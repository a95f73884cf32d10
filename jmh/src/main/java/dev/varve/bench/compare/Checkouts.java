package dev.varve.bench.compare;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Revisions of a repository side by side in {@code target/compare/}, each built there. All are
 * removed at the end, also after Ctrl-C.
 */
public final class Checkouts implements AutoCloseable {
  /** Makes of a checked out revision what can be run. */
  @FunctionalInterface
  public interface Build {
    /** Builds in this folder. Throws if it fails. */
    void in(Path folder) throws IOException, InterruptedException;
  }

  /** Saves from a checked out revision what is wanted of it. */
  @FunctionalInterface
  public interface Rescue {
    /** Copies it elsewhere. */
    void run() throws IOException;
  }

  private static final int SHORT = 10;

  /** Begins with the process that checked it out. */
  private static final Pattern NAME = Pattern.compile("(\\d{1,18})-\\d+-[0-9a-f]+");

  private final Path root;
  private final Build build;
  private final List<Path> folders = new ArrayList<>();
  private final Thread hook = new Thread(this::abandon);
  private Rescue rescue = () -> {};

  /** For the repository at this root. */
  public Checkouts(Path root, Build build) {
    this.root = root;
    this.build = build;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Builds the benchmarks with Maven, as {@code ./bench} does. */
  public static void uberjar(Path folder) throws IOException, InterruptedException {
    List<String> command = List.of("mvn", "-B", "-q", "-ntp", "-Pbench", "package", "-DskipTests");
    // Below target, so that what is measured counts as the revision and nothing more.
    Path log = Files.createDirectories(folder.resolve("target")).resolve("build.log");
    Process maven =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (maven.waitFor() != 0) {
      throw new CannotBeDone("The revision cannot be built:\n" + Files.readString(log));
    }
  }

  /** The commit that a revision means; empty if this repository has no such one. */
  public Optional<String> commit(String revision) throws IOException, InterruptedException {
    Process git =
        git("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
    String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return git.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
  }

  /** What is done before the revisions are removed, also after Ctrl-C. */
  public synchronized void beforeRemoval(Rescue last) {
    rescue = last;
  }

  /** Checks out a commit in a folder of its own and builds it. */
  public BuiltRevision add(String commit) throws IOException, InterruptedException {
    removeStale();
    Path folder = claim(commit);
    if (git("worktree", "add", "--force", "--detach", folder.toString(), commit).waitFor() != 0) {
      throw new CannotBeDone("git cannot check out " + commit);
    }
    build.in(folder);
    return new BuiltRevision(folder, commit);
  }

  private synchronized Path claim(String commit) {
    long process = ProcessHandle.current().pid();
    String name = "%d-%d-%s".formatted(process, folders.size() + 1, shortName(commit));
    Path folder = parent().resolve(name);
    folders.add(folder);
    return folder;
  }

  private Path parent() {
    return root.resolve("target").resolve("compare");
  }

  /** What processes left behind that were killed. */
  private void removeStale() throws IOException, InterruptedException {
    if (Files.isDirectory(parent())) {
      try (Stream<Path> left = Files.list(parent())) {
        for (Path folder : left.filter(Checkouts::isStale).toList()) {
          remove(folder);
        }
      }
    }
  }

  private static boolean isStale(Path folder) {
    Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  /** The beginning of a commit's id. */
  static String shortName(String commit) {
    return commit.substring(0, Math.min(SHORT, commit.length()));
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return; // The hook is at it.
    }
    removeAll();
  }

  private void abandon() {
    ProcessHandle.current()
        .descendants()
        .forEach(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
    try {
      removeAll();
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }

  private synchronized void removeAll() throws IOException {
    try {
      rescue.run();
    } finally {
      removeFolders();
    }
  }

  private void removeFolders() throws IOException {
    try {
      for (Path folder : folders) {
        remove(folder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void remove(Path folder) throws IOException, InterruptedException {
    int exit = git("worktree", "remove", "--force", folder.toString()).waitFor();
    if (exit != 0 && Files.exists(folder)) {
      throw new CannotBeDone("git cannot remove " + folder + ": remove it and try again");
    }
  }

  private Process git(String... arguments) throws IOException {
    List<String> command =
        Stream.concat(Stream.of("git", "-C", root.toString()), Stream.of(arguments)).toList();
    return new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
  }
}
