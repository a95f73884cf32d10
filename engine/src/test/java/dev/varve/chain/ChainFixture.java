package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.varve.driver.Append;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.Append.Outdated;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What the tests of the chain have in common. */
final class ChainFixture {
  static final Duration SOON = Duration.ofSeconds(1);
  private static final RandomGenerator SEEDS = new SplittableRandom(42);

  private ChainFixture() {}

  /** Time that passes only by sleeping. */
  static class Clock implements Timing {
    private long now;

    @Override
    public synchronized long nanoTime() {
      return now;
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      now += Math.max(1_000_000, duration.toNanos());
    }
  }

  /** Options whose waits take no time, with randomness of their own. */
  static ChainOptions options() {
    return ChainOptions.defaults()
        .withTiming(new Clock())
        .withRandom(new SplittableRandom(SEEDS.nextLong()));
  }

  static InMemoryContainer container(int blocks) {
    return new InMemoryContainer(new BlobLimits(4 << 20, blocks));
  }

  static BlobChainDriver open(BlobContainer container) {
    return BlobChainDriver.open(container, options());
  }

  /** An event whose content tells its key and its length. */
  static EventBatch event(long key, int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (key + i);
    }
    return EventBatch.of(key, content);
  }

  /** Appends an event of 8 bytes and returns the new end. */
  static long append(BlobChainDriver driver, long expected, long key) {
    return appended(driver.append(expected, event(key, 8)));
  }

  static long appended(Append outcome) {
    return assertInstanceOf(Appended.class, outcome).end();
  }

  static void outdated(long end, Append outcome) {
    assertEquals(new Outdated(end), outcome);
  }

  /** All keys, in order, read through a buffer. */
  static List<Long> keys(BlobChainDriver driver, EventBuffer buffer) {
    List<Long> keys = new ArrayList<>();
    long position = driver.read(0, buffer);
    while (buffer.count() > 0) {
      for (int i = 0; i < buffer.count(); i++) {
        keys.add(buffer.key(i));
      }
      position = driver.read(position, buffer);
    }
    assertEquals(driver.end(), position);
    return keys;
  }

  static List<Long> keys(BlobChainDriver driver) {
    return keys(driver, new EventBuffer(1 << 16));
  }
}
