package dev.varve.support;

import dev.varve.chain.ContainerException;
import dev.varve.chain.azure.AzureContainer;
import dev.varve.kit.azurite.AzuriteInstallation;
import dev.varve.kit.azurite.AzuriteProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The emulator of Azure Storage for tests. One starts when a test first asks for it and is shared
 * by all tests of this JVM. Where Node and npm are missing, or Azurite cannot be installed, the
 * test is skipped with the reason printed; where {@code CI=true} it fails instead.
 */
public final class Azurite {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static @Nullable Azurite shared;

  /** Why it cannot be installed, so that one test has tried for all. */
  private static @Nullable String missing;

  private final AzuriteProcess process;
  private final AtomicInteger containers = new AtomicInteger();

  private Azurite(AzuriteProcess process) {
    this.process = process;
  }

  /** The running emulator; skips or fails the test where there can be none. */
  public static synchronized Azurite shared() {
    Azurite running = shared;
    if (running == null) {
      running = new Azurite(start(0));
      shared = running;
    }
    if (!running.process.process().isAlive()) {
      throw new AssertionError("Azurite has ended: " + running.process.printed());
    }
    return running;
  }

  /** One of its own for a test that ends it; on a free port for 0. */
  public static AzuriteProcess start(int port) {
    AzuriteInstallation installation = installation();
    try {
      return AzuriteProcess.start(installation, port);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** The same with everything in a folder. */
  public static AzuriteProcess start(int port, Path folder) {
    AzuriteInstallation installation = installation();
    try {
      return AzuriteProcess.start(installation, port, folder);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static synchronized AzuriteInstallation installation() {
    try {
      if (missing == null) {
        return AzuriteInstallation.of(Path.of(System.getProperty("varve.root", "..")));
      }
    } catch (IOException failed) {
      missing = failed.getMessage();
    }
    throw skip("Azurite is not there: " + missing);
  }

  private static RuntimeException skip(String reason) {
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail("CI must have it. " + reason);
    }
    System.out.println("skipped: " + reason);
    Assumptions.abort(reason);
    return new IllegalStateException(reason);
  }

  /** Where it listens on this machine. */
  public int port() {
    return process.port();
  }

  /** How to reach its account. */
  public String connectionString() {
    return process.connectionString();
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
      throw new AssertionError(process.printed(), refused);
    }
    return container;
  }
}
