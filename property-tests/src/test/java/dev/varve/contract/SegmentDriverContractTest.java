package dev.varve.contract;

import dev.varve.driver.SegmentDriver;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.ScratchFolder;
import dev.varve.kit.stream.StorageDriverContract;
import dev.varve.kit.stream.StreamMedium;
import dev.varve.kit.stream.StreamTraits;
import dev.varve.kit.stream.StreamTraits.Drivers;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.WritePath;
import dev.varve.support.TestLogs;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** A stream in a segment log keeps the contract, whatever the log's options. */
final class SegmentDriverContractTest {
  @Nested
  final class Positional extends StorageDriverContract {
    @Override
    protected StreamMedium emptyMedium() {
      return new Folder(LogOptions.defaults());
    }
  }

  @Nested
  final class Mapped extends StorageDriverContract {
    @Override
    protected StreamMedium emptyMedium() {
      return new Folder(LogOptions.defaults().withWritePath(WritePath.MAPPED));
    }
  }

  @Nested
  final class WithoutSync extends StorageDriverContract {
    @Override
    protected StreamMedium emptyMedium() {
      return new Folder(LogOptions.defaults().withDurability(Durability.NONE));
    }
  }

  /** Every event of more than a few bytes lies in several blocks. */
  @Nested
  final class TinyBlocks extends StorageDriverContract {
    @Override
    protected StreamMedium emptyMedium() {
      return new Folder(
          TestLogs.tiny()
              .withSegmentSize(128 * TestLogs.TINY_BLOCK)
              .withBatchLimit(LogOptions.defaults().batchLimit()));
    }
  }

  /** A folder in memory: the contract asks nothing about the loss of power. */
  private static final class Folder implements StreamMedium {
    private final ScratchFolder scratch = ScratchFolder.quick();
    private final Path folder = scratch.folder("stream");
    private final LogOptions options;

    Folder(LogOptions options) {
      this.options = options;
    }

    @Override
    public StorageDriver open() {
      return SegmentDriver.open(folder, options);
    }

    @Override
    public StreamTraits traits() {
      return StreamTraits.of(Drivers.SUCCESSIVE).readingWithoutGarbage();
    }

    @Override
    public void close() {
      scratch.close();
    }
  }
}
