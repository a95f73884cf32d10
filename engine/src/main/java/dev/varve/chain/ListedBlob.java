package dev.varve.chain;

import java.util.Map;

/**
 * A blob as a listing shows it, which may be a moment old.
 *
 * @param length bytes
 * @param metadata names in lower case, and values
 */
public record ListedBlob(String name, long length, Map<String, String> metadata) {
  /** Keeps a copy of the metadata. */
  public ListedBlob {
    metadata = Map.copyOf(metadata);
  }
}
