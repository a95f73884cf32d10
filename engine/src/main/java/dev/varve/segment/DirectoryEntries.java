package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Renames and removals that are not yet durable: synced before anything is called durable. So is
 * what an earlier session, or whoever copied the folder, may have left in the page cache only.
 */
final class DirectoryEntries {
  private final Directory directory;
  private final Runnable before;

  /** Begins at one change: an earlier session may have died before it synced its own. */
  private final AtomicLong changes = new AtomicLong(1);

  private volatile long synced;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param before makes durable what the entries need: the superblock, unless this session has
   */
  DirectoryEntries(Directory directory, Runnable before) {
    this.directory = directory;
    this.before = before;
  }

  void changed() {
    changes.incrementAndGet();
  }

  /** A sync that failed is never tried again: the second one could succeed without the first. */
  void makeDurable() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new StorageException.Unavailable("an earlier sync of the folder failed", failed);
    }
    long seen = changes.get();
    if (synced < seen) {
      sync();
      noteSynced(seen);
    }
  }

  private void sync() {
    try {
      before.run();
      directory.sync();
    } catch (RuntimeException failed) {
      failure = failed;
      throw failed;
    }
  }

  private synchronized void noteSynced(long seen) {
    synced = Math.max(synced, seen);
  }
}
