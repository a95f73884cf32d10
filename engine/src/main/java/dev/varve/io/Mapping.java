package dev.varve.io;

import java.lang.foreign.MemorySegment;

/**
 * A file mapped into memory. Access after {@link #close()} is an {@link IllegalStateException};
 * access to a page that cannot be backed is an {@link InternalError}.
 */
public interface Mapping extends AutoCloseable {
  /** The mapped bytes; usable by any thread. */
  MemorySegment memory();

  /** Makes stores to a range durable. A failure must never be retried. */
  void force(long offset, long length);

  /** Makes every page resident and writable, so that the first store to it is quick. */
  void populate();

  @Override
  void close();
}
