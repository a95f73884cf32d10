package dev.varve.segment;

import dev.varve.io.Directory;
import java.util.concurrent.atomic.AtomicLong;

/** Renames and removals that are not yet durable: synced before anything is called durable. */
final class DirectoryEntries {
  private final Directory directory;
  private final AtomicLong changes = new AtomicLong();
  private volatile long synced;

  DirectoryEntries(Directory directory) {
    this.directory = directory;
  }

  void changed() {
    changes.incrementAndGet();
  }

  void makeDurable() {
    long seen = changes.get();
    if (synced < seen) {
      directory.sync();
      noteSynced(seen);
    }
  }

  private synchronized void noteSynced(long seen) {
    synced = Math.max(synced, seen);
  }
}
