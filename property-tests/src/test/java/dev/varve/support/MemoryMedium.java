package dev.varve.support;

import dev.varve.driver.MemoryDriver;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.stream.StreamMedium;
import dev.varve.kit.stream.StreamTraits;
import dev.varve.kit.stream.StreamTraits.Drivers;

/** A stream in memory. */
public final class MemoryMedium implements StreamMedium {
  private final MemoryDriver first = new MemoryDriver();

  @Override
  public StorageDriver open() {
    return first.another();
  }

  @Override
  public StreamTraits traits() {
    return StreamTraits.of(Drivers.SIMULTANEOUS).readingWithoutGarbage().withManyAppends(100_000);
  }

  @Override
  public void close() {
    first.close();
  }
}
