package dev.varve.container;

import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobContainer;
import dev.varve.chain.ChainOptions;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.stream.StorageDriverContract;
import dev.varve.kit.stream.StreamMedium;
import dev.varve.kit.stream.StreamTraits;
import dev.varve.kit.stream.StreamTraits.Drivers;
import dev.varve.support.Azurite;
import org.junit.jupiter.api.BeforeAll;

/** A stream over a chain of blobs keeps the contract through the SDK, on Azurite. */
class AzuriteChainContractTest extends StorageDriverContract {
  /** Skips all of them at once, with one line, where there is none. */
  @BeforeAll
  static void startAzurite() {
    Azurite.shared();
  }

  @Override
  protected StreamMedium emptyMedium() {
    return new Chain(Azurite.shared().freshContainer());
  }

  private record Chain(BlobContainer container) implements StreamMedium {
    private static final int MANY_APPENDS = 100;

    @Override
    public StorageDriver open() {
      return BlobChainDriver.open(container, ChainOptions.defaults());
    }

    @Override
    public StreamTraits traits() {
      return StreamTraits.of(Drivers.SIMULTANEOUS).tellingNoEvents().withManyAppends(MANY_APPENDS);
    }

    @Override
    public void close() {}
  }
}
