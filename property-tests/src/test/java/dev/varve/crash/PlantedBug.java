package dev.varve.crash;

import dev.varve.StorageException;
import dev.varve.contract.SegmentLogUnderTest;
import dev.varve.io.Io;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.disk.LogOnDisk;
import dev.varve.kit.disk.SimulatedDisk;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FixedIo;
import dev.varve.support.Planted;
import java.nio.file.Path;

/** Our default log with one bug each, all of them invisible while nothing crashes. */
enum PlantedBug implements LogOnDisk, PlantedIo.Omission, Planted {
  /** A name is called durable before it is. */
  NO_SYNC_OF_THE_DIRECTORY_ENTRY("P3", "INV-4") {
    @Override
    public void syncFolder(Runnable sync) {}
  },

  /** An append is acknowledged before the sync that was to make it durable. */
  ACKNOWLEDGED_BEFORE_THE_SYNC("P1", "INV-3") {
    @Override
    public void syncFile(String name, Runnable sync) {
      if (!isSegment(name)) {
        sync.run();
      }
    }
  },

  /** A sync that fails is tried again, and then succeeds. */
  GOING_ON_AFTER_A_FAILED_SYNC("P1", "INV-6") {
    @Override
    public void syncFile(String name, Runnable sync) {
      try {
        sync.run();
      } catch (StorageException.Unavailable failed) {
        sync.run();
      }
    }
  },

  /** What stands behind a torn tail is not zeroed. */
  STALE_BYTES_BEHIND_A_SHORTER_TAIL_ACCEPTED("P3", "INV-8") {
    @Override
    public void zero(String name, Runnable zero) {
      if (!isSegment(name)) {
        zero.run();
      }
    }
  },

  /** The superblock is written and not synced. */
  NO_SYNC_OF_THE_SUPERBLOCK("P3", "INV-15") {
    @Override
    public void syncFile(String name, Runnable sync) {
      if (!name.startsWith("superblock")) {
        sync.run();
      }
    }
  },

  /** What a crash tore is refused. */
  TAIL_TAKEN_AS_DAMAGE("P3", "") {
    @Override
    RecordLogUnderTest open(PlantedRecovery recovery) {
      return recovery.refusingTornTails();
    }
  },

  /** What was durable is cut. */
  DAMAGE_TAKEN_AS_TAIL("P3", "INV-9") {
    @Override
    RecordLogUnderTest open(PlantedRecovery recovery) {
      return recovery.cuttingDamage();
    }
  },

  /** Recovery goes on with what is valid behind what is not. */
  RESUMING_BEHIND_A_HOLE("P1", "") {
    @Override
    RecordLogUnderTest open(PlantedRecovery recovery) {
      return recovery.keepingWhatIsBehindAHole();
    }
  },

  /** Recovery keeps records, not batches. */
  BATCH_FLAG_IGNORED("P2", "INV-2") {
    @Override
    RecordLogUnderTest open(PlantedRecovery recovery) {
      return recovery.keepingPartialBatches();
    }
  },

  /** A slot of zero does not end a block. */
  PREALLOCATED_ZEROS_TAKEN_FOR_RECORDS("P1", "") {
    @Override
    RecordLogUnderTest open(PlantedRecovery recovery) {
      return recovery.takingZerosForARecord();
    }
  };

  private final String promise;
  private final String breaks;

  PlantedBug(String promise, String breaks) {
    this.promise = promise;
    this.breaks = breaks;
  }

  private static boolean isSegment(String name) {
    return name.endsWith(".sf") || name.endsWith(".free");
  }

  @Override
  public String promise() {
    return promise;
  }

  @Override
  public String breaks() {
    return breaks;
  }

  @Override
  public Class<?> foundBy() {
    return PlantedBugTest.class;
  }

  @Override
  public RecordLogUnderTest open(SimulatedDisk disk) {
    return open(SegmentLogOnDisk.FOLDER, disk);
  }

  /**
   * The log of a folder on any machine. All get the same identity, so that their frames can be read
   * without a superblock.
   */
  RecordLogUnderTest open(Path folder, Io machine) {
    Io planted = new PlantedIo(FixedIo.of(machine, machine.bootId(), "the planted bugs"), this);
    return open(new PlantedRecovery(folder, SegmentLogOnDisk.POSITIONAL_SYNC.options(planted)));
  }

  RecordLogUnderTest open(PlantedRecovery recovery) {
    return new SegmentLogUnderTest(SegmentLog.open(recovery.folder(), recovery.options()));
  }

  @Override
  public boolean durableAppends() {
    return true;
  }
}
