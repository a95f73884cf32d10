package dev.varve.container;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.InMemoryContainer;
import dev.varve.kit.container.BlobContainerContract;
import dev.varve.kit.container.BlockCountContract;
import org.junit.jupiter.api.Nested;

/** The container in memory keeps the contract. */
class InMemoryContainerContractTest extends BlobContainerContract {
  @Override
  protected BlobContainer empty() {
    return new InMemoryContainer(BlobLimits.AZURE);
  }

  @Nested
  class WithOneBlock extends BlockCountContract {
    @Override
    protected BlobContainer empty() {
      return new InMemoryContainer(new BlobLimits(1024, 1));
    }
  }

  @Nested
  class WithTheBlocksOfAzure extends BlockCountContract {
    @Override
    protected BlobContainer empty() {
      return new InMemoryContainer(BlobLimits.AZURE);
    }
  }
}
