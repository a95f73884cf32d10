package dev.varve.kit.disk;

import dev.varve.kit.RecordLogUnderTest;

/** Opens the log under test on a simulated disk: what you write to point the kit at your log. */
public interface LogOnDisk {
  /**
   * Opens the log of the disk's folder: a new one when the folder is empty, else the one that an
   * earlier call made there, recovered when it was not closed. All its files and threads come from
   * the disk.
   */
  RecordLogUnderTest open(SimulatedDisk disk);

  /** Whether an append that has returned survives a loss of power. */
  boolean durableAppends();
}
