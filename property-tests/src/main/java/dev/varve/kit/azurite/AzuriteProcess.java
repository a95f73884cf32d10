package dev.varve.kit.azurite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Azurite as a process of its own on a port of this machine, with everything in memory. It ends
 * with this JVM if nobody ends it before.
 */
public final class AzuriteProcess implements AutoCloseable {
  private static final String ACCOUNT = "devstoreaccount1";

  /** The emulator's own, printed in its documentation: it opens nothing else. */
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final Pattern LISTENING = Pattern.compile("listens on http://127.0.0.1:([0-9]+)");
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
    port = awaitPort();
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param port to listen on; 0 lets the system choose one, so that no two emulators meet
   * @throws IOException when it does not come up; the message has what it printed
   */
  public static AzuriteProcess start(AzuriteInstallation installation, int port)
      throws IOException {
    Path log = installation.log();
    Process process =
        installation
            .command(
                List.of(
                    "--inMemoryPersistence",
                    "--disableTelemetry",
                    "--silent",
                    "--blobPort",
                    Integer.toString(port)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(Redirect.PIPE)
            .start();
    return new AzuriteProcess(process, log);
  }

  private int awaitPort() throws IOException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        return Integer.parseInt(listening.group(1));
      }
      if (endsWithin(Duration.ofMillis(20))) {
        break;
      }
    }
    String printed = printed();
    close();
    throw new IOException("Azurite does not start: " + printed);
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

  /** Ends it; what it held is gone. */
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
