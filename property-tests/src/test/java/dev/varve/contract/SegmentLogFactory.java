package dev.varve.contract;

import dev.varve.StorageException;
import dev.varve.kit.RecordLogFactory;
import dev.varve.kit.RecordLogTraits;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.segment.CheckKind;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.support.TestLogs;
import java.nio.file.Path;

/** Opens our segment log with given options. */
class SegmentLogFactory implements RecordLogFactory {
  private static final int DEFAULT_BLOCK = 4096;

  private final LogOptions options;

  SegmentLogFactory(LogOptions options) {
    this.options = options;
  }

  @Override
  public RecordLogUnderTest open(Path folder) {
    return new SegmentLogUnderTest(SegmentLog.open(folder, options));
  }

  /** The MD5 kind takes no batches and nothing longer than a block. */
  @Override
  public RecordLogTraits traits() {
    boolean completed = options.check() != CheckKind.MD5;
    int blockSize = options.blockSize() == 0 ? DEFAULT_BLOCK : options.blockSize();
    return new RecordLogTraits(
        completed ? options.batchLimit() : TestLogs.longestWhole(blockSize),
        blockSize,
        completed,
        StorageException.Dropped.class);
  }
}
