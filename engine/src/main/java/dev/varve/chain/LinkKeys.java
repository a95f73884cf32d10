package dev.varve.chain;

import java.util.Arrays;

/**
 * What is known of the keys in each link: the first one, and the largest within a part that begins
 * at the link's start. Learned from metadata, and from what is read and appended; none of it need
 * be known. Safe from any thread.
 */
final class LinkKeys {
  /** By link; 0 where it is not known. */
  private long[] firstKeys = new long[16];

  /** By link, the largest key before {@link #seenEnds}. */
  private long[] maxKeys = new long[16];

  /** By link, the position up to which the largest key is known; 0 for not at all. */
  private long[] seenEnds = new long[16];

  /** Takes what a link's metadata tells. The largest key is told of full links only. */
  synchronized void learn(int link, LinkMetadata metadata) {
    if (metadata.firstKey() > 0) {
      learnFirst(link, metadata.firstKey());
    }
    if (metadata.maxKey() > 0) {
      reserve(link);
      maxKeys[link] = metadata.maxKey();
      seenEnds[link] = Long.MAX_VALUE;
    }
  }

  /** A link's first event has this key. */
  synchronized void learnFirst(int link, long key) {
    reserve(link);
    firstKeys[link] = key;
  }

  /** Between these positions of a link, places between events, no key is larger than this. */
  synchronized void saw(int link, long start, long from, long to, long max) {
    reserve(link);
    if (from <= Math.max(start, seenEnds[link]) && to > seenEnds[link]) {
      maxKeys[link] = Math.max(maxKeys[link], max);
      seenEnds[link] = to;
    }
  }

  /** Key of a link's first event; 0 when it is not known. */
  synchronized long firstKey(int link) {
    return link < firstKeys.length ? firstKeys[link] : 0;
  }

  /** Largest key of a link up to this position; 0 when it is not known. */
  synchronized long maxKey(int link, long end) {
    return link < maxKeys.length && seenEnds[link] >= end ? maxKeys[link] : 0;
  }

  /** The position before which a link has no key as large as this, or larger; 0 if not known. */
  synchronized long smallerUntil(int link, long key) {
    return link < maxKeys.length && maxKeys[link] < key ? seenEnds[link] : 0;
  }

  private void reserve(int link) {
    if (link >= firstKeys.length) {
      int length = Math.max(link + 1, 2 * firstKeys.length);
      firstKeys = Arrays.copyOf(firstKeys, length);
      maxKeys = Arrays.copyOf(maxKeys, length);
      seenEnds = Arrays.copyOf(seenEnds, length);
    }
  }
}
