package dev.varve.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revisions of a tiny repository side by side; building them is a stand-in. */
class CheckoutsTest {
  private static final long DEADLINE_NANOS = 30_000_000_000L;

  @TempDir Path root;

  @BeforeEach
  void twoCommits() throws Exception {
    git("init", "-q");
    for (String text : List.of("old", "new")) {
      Files.writeString(root.resolve("file"), text);
      git("add", "file");
      git("-c", "user.name=n", "-c", "user.email=e@e", "commit", "-q", "-m", text);
    }
  }

  @Test
  void bothRevisionsLieSideBySideAndAreBuiltAndRemovedAtTheEnd() throws Exception {
    List<Path> built = new ArrayList<>();
    try (Checkouts checkouts = new Checkouts(root, built::add)) {
      BuiltRevision older = checkouts.add(checkouts.commit("HEAD~1").orElseThrow());
      BuiltRevision newer = checkouts.add(checkouts.commit("HEAD").orElseThrow());
      assertEquals("old", Files.readString(older.folder().resolve("file")));
      assertEquals("new", Files.readString(newer.folder().resolve("file")));
      assertEquals(List.of(older.folder(), newer.folder()), built);
      assertTrue(newer.commit().startsWith(newer.shortName()));
    }
    built.forEach(folder -> assertFalse(Files.exists(folder), folder::toString));
    assertEquals(1, git("worktree", "list").lines().count());
  }

  @Test
  void theSameRevisionCanBeCheckedOutTwice() throws Exception {
    try (Checkouts checkouts = new Checkouts(root, _ -> {})) {
      String commit = checkouts.commit("HEAD").orElseThrow();
      assertNotEquals(checkouts.add(commit).folder(), checkouts.add(commit).folder());
    }
  }

  @Test
  void whatIsNotInTheRepositoryIsNoCommit() throws Exception {
    try (Checkouts checkouts = new Checkouts(root, _ -> {})) {
      for (String revision : List.of("0".repeat(40), "no-such-branch", "--help", "HEAD:file")) {
        assertEquals(Optional.empty(), checkouts.commit(revision), revision);
      }
    }
  }

  @Test
  void aBuildThatFailsLeavesNothingBehind() throws Exception {
    Checkouts.Build failing =
        folder -> {
          throw new CannotBeDone(folder + " is broken");
        };
    assertThrows(
        CannotBeDone.class,
        () -> {
          try (Checkouts checkouts = new Checkouts(root, failing)) {
            checkouts.add(checkouts.commit("HEAD").orElseThrow());
          }
        });
    assertEquals(1, git("worktree", "list").lines().count());
  }

  @Test
  void anInterruptedProcessRemovesItsCheckoutsAndWhatItStarted() throws Exception {
    Process process = building();
    try {
      List<ProcessHandle> started = process.descendants().toList();
      assertEquals(1, started.size(), "the build");
      process.destroy();
      process.waitFor();
      assertFalse(started.getFirst().isAlive());
      assertEquals(1, git("worktree", "list").lines().count());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatAKilledProcessLeftIsRemovedByTheNext() throws Exception {
    Process process = building();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    assertEquals(2, git("worktree", "list").lines().count());
    try (Checkouts checkouts = new Checkouts(root, _ -> {})) {
      checkouts.add(checkouts.commit("HEAD").orElseThrow());
      assertEquals(2, git("worktree", "list").lines().count());
    }
    assertEquals(1, git("worktree", "list").lines().count());
  }

  /** A process that has checked out a revision and builds it. */
  private Process building() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Waiting.class.getName(),
                root.toString())
            .redirectErrorStream(true)
            .start();
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    Path sign = root.resolve("target").resolve("building");
    while (!Files.exists(sign) && process.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertTrue(Files.exists(sign), "it builds");
    assertEquals(2, git("worktree", "list").lines().count());
    return process;
  }

  /** A program whose build takes a minute. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] args) throws Exception {
      Path root = Path.of(args[0]);
      try (Checkouts checkouts = new Checkouts(root, _ -> sleep(root))) {
        checkouts.add(checkouts.commit("HEAD").orElseThrow());
      }
    }

    private static void sleep(Path root) throws IOException, InterruptedException {
      Process build = new ProcessBuilder("sleep", "60").start();
      Files.createFile(root.resolve("target").resolve("building"));
      if (build.waitFor() != 0) {
        throw new CannotBeDone("killed");
      }
    }
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, git.waitFor(), output);
    return output;
  }
}
