package dev.varve.chain;

import dev.varve.driver.MemoryDriver;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.stream.StorageDriverContract;
import dev.varve.kit.stream.StreamMedium;
import dev.varve.kit.stream.StreamTraits;
import dev.varve.kit.stream.StreamTraits.Drivers;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract, in which no answer is lost and no link fills up, finds none of the bugs. */
@ParameterizedClass
@EnumSource
final class PlantedChainBugContractTest extends StorageDriverContract {
  private final PlantedChainBug bug;

  PlantedChainBugContractTest(PlantedChainBug bug) {
    this.bug = bug;
  }

  @Override
  protected StreamMedium emptyMedium() {
    BlobContainer container = new InMemoryContainer(BlobLimits.AZURE);
    MemoryDriver memory = new MemoryDriver();
    boolean chain = bug != PlantedChainBug.PUBLISHING_BEFORE_THE_COPY;
    return new StreamMedium() {
      @Override
      public StorageDriver open() {
        StorageDriver right =
            chain ? BlobChainDriver.open(container, ChainOptions.defaults()) : memory.another();
        return bug.in(right, container, () -> {});
      }

      @Override
      public StreamTraits traits() {
        return StreamTraits.of(Drivers.SIMULTANEOUS);
      }

      @Override
      public void close() {
        memory.close();
      }
    };
  }
}
