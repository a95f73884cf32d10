package dev.varve.chain;

import java.util.Map;

/**
 * What is known of a blob.
 *
 * @param length bytes
 * @param blocks appends so far; 0 for a block blob
 * @param metadata names in lower case, and values
 */
public record BlobProperties(long length, int blocks, Map<String, String> metadata) {
  /** Keeps a copy of the metadata. */
  public BlobProperties {
    metadata = Map.copyOf(metadata);
  }
}
