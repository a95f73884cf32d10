package dev.varve.container;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.chain.ChainOptions;
import dev.varve.kit.azurite.AzuriteProcess;
import dev.varve.kit.history.ConcurrentRun;
import dev.varve.kit.history.Refusals;
import dev.varve.kit.history.StreamHistory;
import dev.varve.support.Azurite;
import dev.varve.support.Tried;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A chain over a network that cuts, delays and repeats requests, to a real server: what is answered
 * stays linearizable (P7), and the chain holds what the answers say (P6).
 */
final class AzuriteProxyTest {
  private static final long SEED = Long.getLong("proxy.seed", 20_260_103);

  /** A request may get lost without a trace: then it is repeated soon. */
  private static final ChainOptions OPTIONS =
      ChainOptions.defaults()
          .withRequestTimeout(Duration.ofSeconds(2))
          .withBackoff(Duration.ofMillis(5), Duration.ofMillis(100));

  @BeforeAll
  static void startAzurite() {
    Azurite.shared();
  }

  @Test
  void aChainIsLinearizableOverABadNetwork() {
    assertTrue(run(OPTIONS, SEED, 250) > 0, "nothing has befallen a request");
  }

  /** Without markers nobody can tell whose equal bytes are; an append may stay unknown. */
  @Test
  void aChainWithoutMarkersIsLinearizableOverABadNetwork() {
    assertTrue(
        run(OPTIONS.withMarkers(false), SEED + 1, 250) > 0, "nothing has befallen a request");
  }

  @Test
  @Tag("long")
  void chainsAreLinearizableOverBadNetworks() {
    long deadline = System.nanoTime() + Tried.share(0.05, Duration.ofMinutes(2)).toNanos();
    for (long seed = SEED; System.nanoTime() < deadline; seed++) {
      int ignored = run(OPTIONS.withMarkers(seed % 3 != 0), seed, (int) (50 + seed % 7 * 70));
    }
  }

  /** How many requests something has befallen. */
  private static int run(ChainOptions options, long seed, int perThousand) {
    Azurite azurite = Azurite.shared();
    String name = azurite.freshName();
    AzuriteChain near = AzuriteChain.create(azurite.connectionString(), name, options);
    StreamHistory history;
    int faults;
    try (FaultyProxy proxy = new FaultyProxy(azurite.port(), seed, perThousand)) {
      AzuriteChain far =
          AzuriteChain.of(AzuriteProcess.connectionString(proxy.port()), name, options);
      history = new ConcurrentRun(3, 1, 2, 25, seed).on(far);
      faults = proxy.faults();
    }
    Tried.add("requests cut, delayed or repeated", faults);
    Tried.add("histories", 1);
    history.assertLinearizable(Refusals.MAY_TELL_A_FORMER_END);
    near.assertHolds(history);
    return faults;
  }
}
