package dev.varve.crash;

import dev.varve.StorageException;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.disk.LogOnDisk;
import dev.varve.kit.disk.SimulatedDisk;

/** Our default log with one bug each, all of them invisible while nothing crashes. */
enum PlantedBug implements LogOnDisk, PlantedIo.Omission {
  /** Breaks INV-4: a name is called durable before it is. */
  NO_SYNC_OF_THE_FOLDER {
    @Override
    public void syncFolder(Runnable sync) {}
  },

  /** Breaks L2: an append is acknowledged before the sync that was to make it durable. */
  ACKNOWLEDGED_BEFORE_THE_SYNC {
    @Override
    public void syncFile(String name, Runnable sync) {
      if (!isSegment(name)) {
        sync.run();
      }
    }
  },

  /** Breaks INV-6: a sync that fails is tried again, and then succeeds. */
  GOES_ON_AFTER_A_FAILED_SYNC {
    @Override
    public void syncFile(String name, Runnable sync) {
      try {
        sync.run();
      } catch (StorageException.Unavailable failed) {
        sync.run();
      }
    }
  },

  /** Breaks INV-8: what stands behind a torn tail is not zeroed. */
  STALE_BYTES_BEHIND_THE_CUT {
    @Override
    public void zero(String name, Runnable zero) {
      if (!isSegment(name)) {
        zero.run();
      }
    }
  },

  /** Breaks INV-15: the superblock is written and not synced. */
  NO_SYNC_OF_THE_SUPERBLOCK {
    @Override
    public void syncFile(String name, Runnable sync) {
      if (!name.startsWith("superblock")) {
        sync.run();
      }
    }
  };

  private static boolean isSegment(String name) {
    return name.endsWith(".sf") || name.endsWith(".free");
  }

  @Override
  public RecordLogUnderTest open(SimulatedDisk disk) {
    return SegmentLogOnDisk.POSITIONAL_SYNC.open(new PlantedIo(disk, this));
  }

  @Override
  public boolean durableAppends() {
    return true;
  }
}
