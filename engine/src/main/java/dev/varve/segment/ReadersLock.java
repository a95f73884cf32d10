package dev.varve.segment;

import dev.varve.io.Directory;
import org.jspecify.annotations.Nullable;

/**
 * The lock that readers of other processes share: while one holds it, the writer unlinks what it
 * drops instead of writing to it again.
 */
final class ReadersLock {
  private ReadersLock() {}

  /** Makes the file, which readers may not be allowed to do. */
  static void make(Listing listing) {
    if (!listing.has(SegmentNames.READERS_LOCK)) {
      release(listing.directory().tryLock(SegmentNames.READERS_LOCK, true));
    }
  }

  /** Takes it as one reader of many; {@code null} where there is no such file. */
  static Directory.@Nullable Lock share(Directory directory) {
    if (!directory.exists(SegmentNames.READERS_LOCK)) {
      return null;
    }
    Directory.Lock lock = directory.tryLock(SegmentNames.READERS_LOCK, true);
    while (lock == null) {
      Thread.onSpinWait();
      lock = directory.tryLock(SegmentNames.READERS_LOCK, true);
    }
    return lock;
  }

  /** Keeps readers out for a moment; {@code null} while there is one. */
  static Directory.@Nullable Lock alone(Directory directory) {
    return directory.tryLock(SegmentNames.READERS_LOCK, false);
  }

  static void release(Directory.@Nullable Lock lock) {
    if (lock != null) {
      lock.close();
    }
  }
}
