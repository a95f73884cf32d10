package dev.varve.contract;

import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.InMemoryContainer;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.stream.StorageDriverContract;
import dev.varve.kit.stream.StreamMedium;
import dev.varve.kit.stream.StreamTraits;
import dev.varve.kit.stream.StreamTraits.Drivers;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** A stream over a chain of blobs keeps the contract, however short its links are. */
final class BlobChainContractTest {
  @Nested
  final class LinksOfOneBlock extends StorageDriverContract {
    @Override
    protected StreamMedium emptyMedium() {
      return new Container(1, ChainOptions.defaults());
    }
  }

  @Nested
  final class LinksOfTwoBlocks extends StorageDriverContract {
    @Override
    protected StreamMedium emptyMedium() {
      return new Container(2, ChainOptions.defaults());
    }
  }

  @Nested
  final class LinksOfThreeBlocksWithoutMarkers extends StorageDriverContract {
    @Override
    protected StreamMedium emptyMedium() {
      return new Container(3, ChainOptions.defaults().withMarkers(false));
    }
  }

  @Nested
  final class LinksOfFiftyThousandBlocks extends StorageDriverContract {
    @Override
    protected StreamMedium emptyMedium() {
      return new Container(BlobLimits.AZURE.blocks(), ChainOptions.defaults());
    }
  }

  /** Large reads go out as many small slices. */
  @Nested
  final class ShortSlices extends StorageDriverContract {
    @Override
    protected StreamMedium emptyMedium() {
      return new Container(100, ChainOptions.defaults().withSliceBytes(1024));
    }
  }

  private static final class Container implements StreamMedium {
    private final InMemoryContainer container;
    private final ChainOptions options;

    Container(int blocks, ChainOptions options) {
      this.container =
          new InMemoryContainer(new BlobLimits(BlobLimits.AZURE.appendBytes(), blocks));
      this.options = options.withPolling(Duration.ofMillis(1), Duration.ofMillis(5));
    }

    @Override
    public StorageDriver open() {
      return BlobChainDriver.open(container, options);
    }

    @Override
    public StreamTraits traits() {
      return StreamTraits.of(Drivers.SIMULTANEOUS);
    }

    @Override
    public void close() {}
  }
}
