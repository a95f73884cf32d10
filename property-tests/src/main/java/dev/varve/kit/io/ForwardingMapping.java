package dev.varve.kit.io;

import dev.varve.io.Mapping;
import java.lang.foreign.MemorySegment;

/** A mapping that asks another one. */
public class ForwardingMapping implements Mapping {
  private final Mapping real;

  /** Asks {@code real}. */
  public ForwardingMapping(Mapping real) {
    this.real = real;
  }

  @Override
  public MemorySegment memory() {
    return real.memory();
  }

  @Override
  public void force(long offset, long length) {
    real.force(offset, length);
  }

  @Override
  public void populate() {
    real.populate();
  }

  @Override
  public void close() {
    real.close();
  }
}
