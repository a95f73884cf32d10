package dev.varve.driver;

import dev.varve.segment.SegmentLog;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds from where on a log has keys of at least some size, when keys need not ascend.
 *
 * <p>The log is divided into stretches; of each the index knows where its first event is and its
 * largest key. The first stretch not before the asked position whose largest key is large enough
 * holds the first such event, so its start is an answer that is never late. That needs each
 * stretch's own maximum: with keys in any order a maximum of all keys so far tells nothing about
 * what is still to come.
 *
 * <p>Events are read in the order of the log, from its tail and only as far as an answer needs, the
 * first time that somebody asks; what has been read is not read again. When there are too many
 * stretches each two become one of twice the length, so the index stays small and answers become
 * coarser as the log grows.
 *
 * <p>Safe from any thread; those who seek wait for each other.
 */
final class KeyIndex {
  private final SegmentLog log;
  private final String folder;
  private final int capacity;
  private long stretchBytes;
  private long[] starts = new long[16];
  private long[] largest = new long[16];
  private int count;
  private @Nullable EventWalk walk;

  /** Position of the newest event that is indexed, 0 while there is none. */
  private long latest;

  /**
   * @param stretchBytes least length of a stretch at the beginning
   * @param capacity most stretches, at least 2
   */
  KeyIndex(SegmentLog log, String folder, long stretchBytes, int capacity) {
    this.log = log;
    this.folder = folder;
    this.stretchBytes = stretchBytes;
    this.capacity = capacity;
  }

  /**
   * A position at or before the first event from {@code from} on whose key is at least {@code key};
   * not before {@code from}.
   *
   * @param limit where to stop, an end: the answer when no such event is before it
   */
  synchronized long seek(long key, long from, long limit) {
    boolean more = true;
    while (more && latest < from) {
      more = extend(limit);
    }
    int at = stretchOf(from);
    while (true) {
      for (; at < count; at++) {
        if (largest[at] >= key) {
          return Math.max(from, starts[at]);
        }
      }
      if (!extend(limit)) {
        return limit;
      }
      // The newest stretch has grown and one more may have begun; the others were looked at.
      at = Math.max(stretchOf(from), count - 2);
    }
  }

  /** The newest stretch that begins at or before a position; the first where none does. */
  private int stretchOf(long position) {
    int found = Arrays.binarySearch(starts, 0, count, position);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }

  /** Reads on until a stretch begins; false when nothing was left to read. */
  private boolean extend(long limit) {
    EventWalk events = walk == null ? walkFromLatest() : walk;
    // A walk that fails is not used again: the next begins with the latest event once more.
    walk = null;
    boolean found = false;
    boolean begun = false;
    while (!begun && events.reaches(limit)) {
      begun = add(events.position(), events.key());
      events.pass();
      found = true;
    }
    walk = events;
    return found;
  }

  private EventWalk walkFromLatest() {
    return new EventWalk(log, folder, Math.max(latest, log.tail()));
  }

  /** Adds the next event, or the latest once more; true when a stretch begins with it. */
  private boolean add(long position, long key) {
    latest = position;
    if (count > 0 && position - starts[count - 1] < stretchBytes) {
      largest[count - 1] = Math.max(largest[count - 1], key);
      return false;
    }
    if (count == capacity) {
      joinPairs();
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      largest = Arrays.copyOf(largest, 2 * count);
    }
    starts[count] = position;
    largest[count] = key;
    count++;
    return true;
  }

  private void joinPairs() {
    stretchBytes *= 2;
    int joined = (count + 1) / 2;
    for (int at = 0; at < joined; at++) {
      int second = Math.min(2 * at + 1, count - 1);
      starts[at] = starts[2 * at];
      largest[at] = Math.max(largest[2 * at], largest[second]);
    }
    count = joined;
  }
}
