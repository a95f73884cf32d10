package dev.varve.kit.stream;

import dev.varve.driver.StorageDriver;

/** Where one stream lives: a folder, a container of blobs, memory. It starts out empty. */
public interface StreamMedium extends AutoCloseable {
  /**
   * Opens a driver of the stream; the first call begins the stream. While others are open only
   * where {@link StreamTraits#drivers()} says so. Whoever calls closes the driver, before the
   * medium.
   */
  StorageDriver open();

  /** What drivers of this medium can do. */
  StreamTraits traits();

  /** Removes the stream. */
  @Override
  void close();
}
