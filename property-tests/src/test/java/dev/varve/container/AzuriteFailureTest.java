package dev.varve.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import dev.varve.chain.ChainOptions;
import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.Background;
import dev.varve.kit.ScratchFolder;
import dev.varve.kit.azurite.AzuriteProcess;
import dev.varve.kit.history.ConcurrentRun;
import dev.varve.kit.history.Refusals;
import dev.varve.kit.history.StreamHistory;
import dev.varve.support.Azurite;
import dev.varve.support.Tried;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real server goes silent, stops or dies under a chain, and comes back (P6, P7). */
final class AzuriteFailureTest {
  private static final long SEED = 20_260_104;

  /** Gives up soon, so that what it says then is seen. */
  private static final ChainOptions IMPATIENT =
      ChainOptions.defaults()
          .withRequestTimeout(Duration.ofMillis(500))
          .withDeadline(Duration.ofSeconds(1));

  private static final ScratchFolder SCRATCH = ScratchFolder.quick();
  private static final Path FOLDER = SCRATCH.folder("azurite");
  private static @Nullable AzuriteProcess azurite;
  private static int containers;

  @BeforeAll
  static void startAzurite() {
    azurite = Azurite.start(0, FOLDER);
  }

  @AfterAll
  static void stopAzurite() {
    if (azurite != null) {
      azurite.close();
    }
    SCRATCH.close();
  }

  private static AzuriteProcess server() {
    AzuriteProcess server = azurite;
    if (server == null) {
      throw new IllegalStateException("Azurite was not started");
    }
    return server;
  }

  /** On the port of the one that has ended. */
  private static void startAgain() {
    azurite = Azurite.start(server().port(), FOLDER);
  }

  private static AzuriteChain chain(ChainOptions options) {
    return AzuriteChain.create(server().connectionString(), "sediment-" + containers++, options);
  }

  private static long append(StorageDriver driver, long expected, long key) {
    Append outcome = driver.append(expected, EventBatch.of(key, new byte[8]));
    return assertInstanceOf(Append.Appended.class, outcome).end();
  }

  private static Append tryToAppend(StorageDriver driver, long expected, long key) {
    return driver.append(expected, EventBatch.of(key, new byte[8]));
  }

  /** What was sent to a server that does not answer is unknown, and settled once it does. */
  @Test
  void anAppendToASilentServerIsUnknownUntilTheEndHasPassedIt() throws IOException {
    try (StorageDriver driver = chain(IMPATIENT).open()) {
      long end = append(driver, 0, 1);
      server().pause();
      try {
        assertInstanceOf(Append.Unknown.class, tryToAppend(driver, end, 2));
        assertThrows(StorageException.Unavailable.class, driver::end);
      } finally {
        server().resume();
      }
      Append third = tryToAppend(driver, end, 3);
      boolean landed = third instanceof Append.Outdated;
      append(driver, driver.end(), 4);
      assertEquals(landed ? List.of(1L, 2L, 4L) : List.of(1L, 3L, 4L), keys(driver));
    }
  }

  private static List<Long> keys(StorageDriver driver) {
    EventBuffer buffer = new EventBuffer(1 << 16);
    long ignored = driver.read(0, buffer);
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i < buffer.count(); i++) {
      keys.add(buffer.key(i));
    }
    return keys;
  }

  @Test
  void writersGoOnWithAServerThatWasStoppedAndStartedAgain() throws IOException {
    AzuriteChain chain = chain(ChainOptions.defaults().withRequestTimeout(Duration.ofSeconds(2)));
    AtomicReference<@Nullable StreamHistory> seen = new AtomicReference<>();
    Background run =
        Background.start("writers", () -> seen.set(new ConcurrentRun(3, 1, 2, 60, SEED).on(chain)));
    try (StorageDriver observer = chain.open()) {
      while (observer.end() < 500) {
        Thread.onSpinWait();
      }
    }
    server().stop();
    startAgain();
    run.join();
    StreamHistory history = seen.get();
    assertEquals(List.of(), history == null ? List.of("no history") : history.unknown());
    if (history != null) {
      history.assertLinearizable(Refusals.MAY_TELL_A_FORMER_END);
      chain.assertHolds(history);
    }
    Tried.add("histories", 1);
  }

  /** This server forgets what it acknowledged last. Where it has, nobody is told otherwise. */
  @Test
  void whatAServerHasForgottenIsNeverTakenForGranted() {
    try (StorageDriver driver = chain(IMPATIENT).open()) {
      long end = 0;
      for (int key = 1; key <= 5; key++) {
        end = append(driver, end, key);
      }
      server().close();
      assertInstanceOf(Append.Unknown.class, tryToAppend(driver, end, 6));
      assertThrows(StorageException.Unavailable.class, driver::end);
      startAgain();
      try {
        assertEquals(end, driver.end());
        long ignored = append(driver, end, 7);
      } catch (StorageException.Corrupt forgotten) {
        assertNothingIsPromised(driver, end);
      }
    }
  }

  private static void assertNothingIsPromised(StorageDriver driver, long end) {
    try {
      assertInstanceOf(Append.Unknown.class, tryToAppend(driver, end, 7));
    } catch (StorageException.Corrupt | StorageException.Unavailable refused) {
      // As good: it was certainly not applied.
    }
  }
}
