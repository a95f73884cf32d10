package dev.varve.support;

import dev.varve.chain.ContainerException;
import dev.varve.chain.azure.AzureContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The emulator of Azure Storage, in a process of its own on a free port of this machine. It starts
 * when a test first asks for it, is shared by all tests of this JVM, keeps everything in memory,
 * and ends with this JVM. Where Node and npm are missing, or Azurite cannot be installed, the test
 * is skipped with the reason printed; where {@code CI=true} it fails instead.
 */
public final class Azurite {
  private static final String ACCOUNT = "devstoreaccount1";

  /** The emulator's own, printed in its documentation: it opens nothing else. */
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final Pattern LISTENING = Pattern.compile("listens on http://127.0.0.1:([0-9]+)");
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static @Nullable Azurite shared;

  private final Process process;
  private final Path log;
  private final int port;
  private final AtomicInteger containers = new AtomicInteger();

  private Azurite(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** The running emulator; skips or fails the test where there can be none. */
  public static synchronized Azurite shared() {
    Azurite running = shared;
    if (running == null) {
      running = start(AzuriteInstallation.folder());
      shared = running;
    }
    if (!running.process.isAlive()) {
      throw new AssertionError("Azurite has ended: " + AzuriteInstallation.read(running.log));
    }
    return running;
  }

  /** A port of 0 lets the system choose one, so that no two emulators meet. */
  private static Azurite start(Path folder) {
    Path log = AzuriteInstallation.target().resolve("azurite.log");
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      "node",
                      folder.resolve("start.js").toString(),
                      "--inMemoryPersistence",
                      "--disableTelemetry",
                      "--silent",
                      "--blobPort",
                      "0"))
              .directory(AzuriteInstallation.target().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(Redirect.PIPE)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Azurite(process, log, port(process, log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(Process process, Path log) throws IOException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        return Integer.parseInt(listening.group(1));
      }
      if (endsWithin(process, Duration.ofMillis(20))) {
        break;
      }
    }
    process.destroyForcibly();
    throw new AssertionError("Azurite does not start: " + AzuriteInstallation.read(log));
  }

  private static boolean endsWithin(Process process, Duration time) {
    try {
      return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How to reach its account. */
  public String connectionString() {
    return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=http://127.0.0.1:%d/%s"
        .formatted(ACCOUNT, KEY, port, ACCOUNT);
  }

  /** A name that no other test of this emulator has. */
  public String freshName() {
    return "sediment-" + containers.incrementAndGet();
  }

  /** An empty container of its own. */
  public AzureContainer freshContainer() {
    AzureContainer container = AzureContainer.ofConnectionString(connectionString(), freshName());
    try {
      container.createIfAbsent(REQUEST_TIMEOUT);
    } catch (ContainerException refused) {
      throw new AssertionError(AzuriteInstallation.read(log), refused);
    }
    return container;
  }
}
