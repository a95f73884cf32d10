package dev.varve.chain;

import java.util.Map;

/**
 * Writes what is known of a link's keys into its metadata, for those who open the chain later.
 * Nothing depends on it: each request is sent once, and what the service answers does not matter.
 */
final class KeyMetadata {
  private final BlobContainer container;
  private final ChainTail tail;
  private final LinkKeys keys;

  KeyMetadata(BlobContainer container, ChainTail tail, LinkKeys keys) {
    this.container = container;
    this.tail = tail;
    this.keys = keys;
  }

  /** Learns of a block that was appended at {@code position}; the first of a link is told. */
  void appended(long position, long end, AppendBlock block, Deadline deadline) {
    LinkTable links = tail.known().links();
    int link = links.find(position);
    long start = links.start(link);
    keys.saw(link, start, position, end, block.maxKey());
    if (start == position) {
      keys.learnFirst(link, block.firstKey());
      merge(link, LinkMetadata.FIRST_KEY, block.firstKey(), deadline);
      tellMaxOfFull(link - 1, start, deadline);
    }
  }

  private void tellMaxOfFull(int link, long end, Deadline deadline) {
    long max = link > 0 ? keys.maxKey(link, end) : 0;
    if (max > 0) {
      merge(link, LinkMetadata.MAX_KEY, max, deadline);
    }
  }

  private void merge(int link, String entry, long key, Deadline deadline) {
    String name = LinkNames.link(link);
    try {
      Map<String, String> metadata =
          container.properties(name, deadline.requestTimeout()).metadata();
      container.setMetadata(
          name, LinkMetadata.merged(metadata, entry, key), deadline.requestTimeout());
    } catch (ContainerException | RuntimeException tolerated) {
      // The append has succeeded, whatever this container throws. Seeking reads the key, or is
      // less precise.
    }
  }
}
