package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Renames and removals that are not yet durable: synced before anything is called durable. */
final class DirectoryEntries {
  private final Directory directory;

  /** Begins at one change: an earlier session may have died before it synced its own. */
  private final AtomicLong changes = new AtomicLong(1);

  private volatile long synced;
  private volatile @Nullable RuntimeException failure;

  DirectoryEntries(Directory directory) {
    this.directory = directory;
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
