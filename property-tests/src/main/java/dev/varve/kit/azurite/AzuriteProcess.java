package dev.varve.kit.azurite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Azurite as a process of its own on a port of this machine, with everything in memory or in a
 * folder. It ends with this JVM if nobody ends it before.
 */
public final class AzuriteProcess implements AutoCloseable {
  private static final String ACCOUNT = "devstoreaccount1";

  /** The emulator's own, printed in its documentation: it opens nothing else. */
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final Pattern LISTENING = Pattern.compile("listens on http://127.0.0.1:([0-9]+)");
  private static final Pattern CLOSED = Pattern.compile("successfully closed");
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final Thread hook;
  private final int port;

  private AzuriteProcess(Process process, Path log) throws IOException {
    this.process = process;
    this.log = log;
    hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
    port = Integer.parseInt(await(LISTENING).group(1));
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param port to listen on; 0 lets the system choose one, so that no two emulators meet
   * @throws IOException when it does not come up; the message has what it printed
   */
  public static AzuriteProcess start(AzuriteInstallation installation, int port)
      throws IOException {
    return start(installation, port, "--inMemoryPersistence");
  }

  /**
   * The same with everything in a folder, where it is found again by the next one, unless this one
   * is killed: then it forgets what it has acknowledged last.
   */
  public static AzuriteProcess start(AzuriteInstallation installation, int port, Path folder)
      throws IOException {
    return start(installation, port, "-l", folder.toString());
  }

  private static AzuriteProcess start(
      AzuriteInstallation installation, int port, String... persistence) throws IOException {
    Path log = installation.log();
    List<String> arguments = new ArrayList<>(List.of(persistence));
    arguments.addAll(List.of("--disableTelemetry", "--silent", "--blobPort", "" + port));
    Process process =
        installation
            .command(arguments)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(Redirect.PIPE)
            .start();
    return new AzuriteProcess(process, log);
  }

  /** Waits until it has printed something. */
  private Matcher await(Pattern wanted) throws IOException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher found = wanted.matcher(Files.readString(log));
      if (found.find()) {
        return found;
      }
      if (endsWithin(Duration.ofMillis(20))) {
        break;
      }
    }
    String printed = printed();
    close();
    throw new IOException("no '%s' from Azurite: %s".formatted(wanted, printed));
  }

  private boolean endsWithin(Duration time) throws IOException {
    try {
      return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The process, for those who do something to it. */
  public Process process() {
    return process;
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** How to reach its account. */
  public String connectionString() {
    return connectionString(port);
  }

  /** How to reach its account through another port, such as a proxy's. */
  public static String connectionString(int port) {
    return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=http://127.0.0.1:%d/%s"
        .formatted(ACCOUNT, KEY, port, ACCOUNT);
  }

  /** What it has printed. */
  public String printed() {
    try {
      return Files.readString(log).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes it silent: connections are made, and nothing is answered until {@link #resume}. */
  public void pause() throws IOException {
    signal("STOP");
  }

  /** Goes on after {@link #pause}. */
  public void resume() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    if (kill.onExit().join().exitValue() != 0) {
      throw new IOException("kill -" + name);
    }
  }

  /** Ends it as it is meant to end, so that what lies in a folder is whole. */
  public void stop() throws IOException {
    // Through the handle: the process' own method closes the pipe, and that ends it at once.
    if (process.toHandle().destroy()) {
      Matcher ignored = await(CLOSED);
    }
    close();
  }

  /** Kills it; what it held in memory is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      Files.deleteIfExists(log);
    } catch (IllegalStateException ending) {
      // This JVM ends.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
