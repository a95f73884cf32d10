package dev.varve.chain;

import dev.varve.StorageException.UnsupportedFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which links have a compacted copy that begins and ends where the link does for good. Looked up
 * when a full link is read for the first time, and again after the chain has got longer. Safe from
 * any thread.
 */
final class CompactedCopies {
  private final BlobContainer container;
  private final LinkKeys keys;
  private final Set<Integer> links = ConcurrentHashMap.newKeySet();
  private volatile int lookedUpFor;

  CompactedCopies(BlobContainer container, LinkKeys keys) {
    this.container = container;
    this.keys = keys;
  }

  /** Lists the copies, unless that was done for a chain of so many links, or more. */
  void lookUp(ChainState state, Deadline deadline) {
    if (state.last() > lookedUpFor) {
      list(state, deadline);
    }
  }

  /** Lists the copies, with one request that need not succeed. */
  void list(ChainState state, Deadline deadline) {
    lookedUpFor = Math.max(lookedUpFor, state.last());
    try {
      for (ListedBlob blob : container.list(LinkNames.COPIES, deadline.requestTimeout())) {
        OptionalInt number = LinkNames.number(LinkNames.COPIES, blob.name());
        if (number.isPresent()) {
          note(state, number.getAsInt(), blob.length(), blob.metadata());
        }
      }
    } catch (ContainerException | UnsupportedFormat tolerated) {
      // The links themselves are there.
    }
  }

  /** There is a copy; it is of use if the link begins at the same position and is as long. */
  boolean note(ChainState state, int link, long length, Map<String, String> metadata) {
    if (link >= state.last()) {
      return false;
    }
    long start = state.links().start(link);
    LinkMetadata told = LinkMetadata.of(LinkNames.copy(link), metadata);
    boolean whole = told.start() == start && length == state.endOf(link) - start;
    if (whole) {
      keys.learn(link, told);
      links.add(link);
    }
    return whole;
  }

  /** Whether a link has a copy. */
  boolean has(int link) {
    return links.contains(link);
  }

  /** The copy is gone or of no use. */
  void forget(int link) {
    links.remove(link);
  }
}
