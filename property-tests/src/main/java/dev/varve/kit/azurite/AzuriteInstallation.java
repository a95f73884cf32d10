package dev.varve.kit.azurite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Azurite in {@code node_modules} of a folder, as its lock file pins it: installed when it is first
 * needed or the lock file has changed, and otherwise used as it is, without a network.
 */
public final class AzuriteInstallation {
  private final Path folder;
  private final Path logs;

  private AzuriteInstallation(Path folder, Path logs) {
    this.folder = folder;
    this.logs = logs;
  }

  /**
   * Installs it where that has not been done. Those who do it at once wait for each other.
   *
   * @param root the root of this project's checkout
   * @throws IOException when Node or npm is missing or fails; the message says what and why
   */
  public static AzuriteInstallation of(Path root) throws IOException {
    Path module = root.resolve("property-tests").toAbsolutePath().normalize();
    Path logs = Files.createDirectories(module.resolve("target"));
    AzuriteInstallation installation = new AzuriteInstallation(module.resolve("azurite"), logs);
    try (FileChannel channel =
            FileChannel.open(
                logs.resolve("azurite-install.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      installation.install();
    }
    return installation;
  }

  private void install() throws IOException {
    Path wanted = folder.resolve("package-lock.json");
    // A copy of the lock file, written when everything is there.
    Path installed = folder.resolve("node_modules", ".installed-lock.json");
    run(List.of("node", "--version"));
    if (!Files.exists(installed) || Files.mismatch(installed, wanted) != -1) {
      run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"));
      Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void run(List<String> command) throws IOException {
    Path log = logs.resolve("azurite-install.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(
            "%s failed: %s".formatted(String.join(" ", command), Files.readString(log).strip()));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What starts it, with these arguments. */
  ProcessBuilder command(List<String> arguments) {
    ProcessBuilder builder = new ProcessBuilder("node", folder.resolve("start.js").toString());
    builder.command().addAll(arguments);
    return builder.directory(logs.toFile());
  }

  /** A new file for what a process prints. */
  Path log() throws IOException {
    return Files.createTempFile(logs, "azurite-", ".log");
  }
}
