package dev.varve.chain;

import dev.varve.support.Tried;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What {@link ChainHistoryProperties} claims, for thousands of histories. {@code -Dhistory.seed=N}
 * asks for those of another run again.
 */
@Tag("long")
class ManyHistoriesTest {
  private static final int LEAST = 10_000;
  private static final double PART_OF_THE_LONG_PROFILE = 0.1;

  private final ChainHistoryProperties properties = new ChainHistoryProperties();

  @Test
  void writersAndReadersOfAChainAreAnsweredInSomeOrder() {
    long seed = Long.getLong("history.seed", System.currentTimeMillis());
    System.out.printf("histories of chains from seed %d%n", seed);
    SplittableRandom random = new SplittableRandom(seed);
    long start = System.nanoTime();
    long most = Tried.share(PART_OF_THE_LONG_PROFILE, Duration.ZERO).toNanos();
    for (int i = 0; i < LEAST || System.nanoTime() - start < most; i++) {
      run(i, 1 + random.nextInt(4), 1 + random.nextInt(6), 10 + random.nextInt(291), random);
    }
  }

  private void run(int number, int writers, int blocks, int perThousand, SplittableRandom random) {
    long seed = random.nextLong();
    boolean markers = random.nextBoolean();
    try {
      switch (number % 3) {
        case 0 -> properties.aChainIsLinearizableAcrossRolls(writers, 2, blocks, markers, seed);
        case 1 ->
            properties.whatBefallsRequestsIsNoticedByNobody(writers, blocks, perThousand, seed);
        default ->
            properties.whatIsUnknownIsSettledAsOneOfTheTwo(
                markers, writers, blocks, perThousand, seed);
      }
    } catch (AssertionError | RuntimeException found) {
      throw new AssertionError(
          "history %d: %d writers, blocks of a blob %d, faults %d in 1000, markers %s, seed %d"
              .formatted(number, writers, blocks, perThousand, markers, seed),
          found);
    }
  }
}
