package dev.varve.crash;

import dev.varve.contract.SegmentLogUnderTest;
import dev.varve.io.Io;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.disk.LogOnDisk;
import dev.varve.kit.disk.SimulatedDisk;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.segment.WritePath;
import dev.varve.support.TestLogs;
import java.nio.file.Path;

/** Our log in the tiny geometry, each of its write paths with and without syncs. */
enum SegmentLogOnDisk implements LogOnDisk {
  POSITIONAL_SYNC(WritePath.POSITIONAL, true),
  POSITIONAL_NONE(WritePath.POSITIONAL, false),
  MAPPED_SYNC(WritePath.MAPPED, true),
  MAPPED_NONE(WritePath.MAPPED, false);

  /** The one folder of a simulated disk. */
  static final Path FOLDER = Path.of("log");

  private final WritePath path;
  private final boolean sync;

  SegmentLogOnDisk(WritePath path, boolean sync) {
    this.path = path;
    this.sync = sync;
  }

  @Override
  public RecordLogUnderTest open(SimulatedDisk disk) {
    return open((Io) disk);
  }

  /** The same on any machine. */
  RecordLogUnderTest open(Io machine) {
    return new SegmentLogUnderTest(SegmentLog.open(FOLDER, options(machine)));
  }

  /** The options of such a log on any machine. */
  LogOptions options(Io machine) {
    return TestLogs.tiny()
        .withPreparedSegments(1)
        .withWritePath(path)
        .withDurability(sync ? Durability.SYNC : Durability.NONE)
        .withIo(machine);
  }

  @Override
  public boolean durableAppends() {
    return sync;
  }
}
