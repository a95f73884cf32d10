package dev.varve.chain;

import dev.varve.driver.BufferTooSmallException;
import dev.varve.driver.EventBuffer;

/**
 * Finds where to read from so that no event of a key, or larger, is missed. It passes over what is
 * known to hold smaller keys only, so it is right for keys in any order; where they are promised to
 * ascend, the first key of a link tells of all that comes before it.
 */
final class Seek {
  private static final int FIRST_BUFFER_BYTES = 1 << 10;
  private final ChainReader reader;
  private final LinkKeys keys;
  private final boolean ascending;

  Seek(ChainReader reader, LinkKeys keys, boolean ascending) {
    this.reader = reader;
    this.keys = keys;
    this.ascending = ascending;
  }

  /** A position from {@code from} to the end that is known. */
  long find(ChainState state, long key, long from, Deadline deadline) {
    refuseInside(state, from, deadline);
    long position = from;
    if (ascending && from < state.end()) {
      position = Math.max(from, byFirstKeys(state, key, from, deadline));
    }
    while (position < state.end()) {
      int link = state.links().find(position);
      long smaller = Math.min(state.endOf(link), keys.smallerUntil(link, key));
      if (smaller <= position) {
        return position;
      }
      position = smaller;
    }
    return position;
  }

  /** Reads what is at a position, unless that is where an event must begin or the chain ends. */
  private void refuseInside(ChainState state, long position, Deadline deadline) {
    boolean between =
        position >= state.end() || position == state.links().start(state.links().find(position));
    if (!between) {
      firstKey(position, new EventBuffer(FIRST_BUFFER_BYTES), deadline);
    }
  }

  /** Start of the last link that begins with a smaller key, by halving; no keys of it are lost. */
  private long byFirstKeys(ChainState state, long key, long from, Deadline deadline) {
    int low = state.links().find(from);
    int high = state.last();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      long first = firstKey(state, middle, deadline);
      if (first > 0 && first < key) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return state.links().start(low);
  }

  /** Key of a link's first event, read if its metadata does not tell; 0 if there is none yet. */
  private long firstKey(ChainState state, int link, Deadline deadline) {
    long known = keys.firstKey(link);
    long start = state.links().start(link);
    if (known > 0 || start >= state.endOf(link)) {
      return known;
    }
    long read = firstKey(start, new EventBuffer(FIRST_BUFFER_BYTES), deadline);
    keys.learnFirst(link, read);
    return read;
  }

  private long firstKey(long start, EventBuffer buffer, Deadline deadline) {
    try {
      reader.read(start, buffer, deadline);
      return buffer.count() == 0 ? 0 : buffer.key(0);
    } catch (BufferTooSmallException small) {
      return firstKey(start, new EventBuffer(small.neededBytes()), deadline);
    }
  }
}
