package dev.varve.support;

import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobContainer;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.Timing;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.stream.StreamMedium;
import dev.varve.kit.stream.StreamTraits;
import dev.varve.kit.stream.StreamTraits.Drivers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A stream in a container of blobs, whose drivers wait on a clock that sleeping moves. */
public final class ChainMedium implements StreamMedium {
  private final BlobContainer container;
  private final ChainOptions options;

  /** A stream in {@code container}. */
  public ChainMedium(BlobContainer container, ChainOptions options) {
    this.container = container;
    this.options = options.withTiming(new Leaping());
  }

  @Override
  public StorageDriver open() {
    return BlobChainDriver.open(container, options);
  }

  @Override
  public StreamTraits traits() {
    return StreamTraits.of(Drivers.SIMULTANEOUS);
  }

  @Override
  public void close() {}

  /** A sleep is over at once, and the clock shows that it was. */
  private static final class Leaping implements Timing {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      nanos.addAndGet(duration.toNanos());
      Thread.sleep(0, 1000);
    }
  }
}
