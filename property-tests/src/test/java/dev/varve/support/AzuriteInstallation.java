package dev.varve.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Azurite in {@code property-tests/azurite/node_modules}, as its lock file pins it: installed when
 * it is first needed or the lock file has changed, and otherwise used as it is, without a network.
 */
final class AzuriteInstallation {
  private static final Path FOLDER =
      Path.of(System.getProperty("varve.root", ".."), "property-tests", "azurite")
          .toAbsolutePath()
          .normalize();
  private static final Path WANTED = FOLDER.resolve("package-lock.json");

  /** A copy of the lock file, written when everything is there. */
  private static final Path INSTALLED = FOLDER.resolve("node_modules", ".installed-lock.json");

  private static @Nullable String missing;

  private AzuriteInstallation() {}

  /** Where it is installed; skips or fails the test where it cannot be. */
  static synchronized Path folder() {
    if (missing == null) {
      missing = install();
    }
    if (!missing.isEmpty()) {
      skip("Azurite is not there: " + missing);
    }
    return FOLDER;
  }

  /** Where a build leaves its files. */
  static Path target() {
    try {
      return Files.createDirectories(FOLDER.resolveSibling("target"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path log) {
    try {
      return log + ":\n" + Files.readString(log).strip();
    } catch (IOException e) {
      return log + ": " + e;
    }
  }

  private static void skip(String reason) {
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail("CI must have it. " + reason);
    }
    System.out.println("skipped: " + reason);
    Assumptions.abort(reason);
  }

  /** What is missing; empty when nothing is. Builds that run at once wait for each other. */
  private static String install() {
    Path lockFile = target().resolve("azurite-install.lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      String noNode = run(List.of("node", "--version"));
      return noNode.isEmpty() && !isInstalled() ? fetch() : noNode;
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean isInstalled() throws IOException {
    return Files.exists(INSTALLED) && Files.mismatch(INSTALLED, WANTED) == -1;
  }

  private static String fetch() throws IOException {
    String failure =
        run(
            List.of(
                "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"));
    if (failure.isEmpty()) {
      Files.copy(WANTED, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
    }
    return failure;
  }

  /** Runs a command in the folder; what it says when it fails, empty when it does not. */
  private static String run(List<String> command) {
    Path log = target().resolve("azurite-install.log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      return process.waitFor() == 0 ? "" : String.join(" ", command) + " failed, " + read(log);
    } catch (IOException e) {
      return "%s cannot be run (%s)".formatted(command.getFirst(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
