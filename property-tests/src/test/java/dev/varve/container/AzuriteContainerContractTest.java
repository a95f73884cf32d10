package dev.varve.container;

import dev.varve.chain.BlobContainer;
import dev.varve.kit.container.BlobContainerContract;
import dev.varve.support.Azurite;
import org.junit.jupiter.api.BeforeAll;

/** The SDK's container keeps the contract, on the emulator of Azure Storage. */
class AzuriteContainerContractTest extends BlobContainerContract {
  /** Skips all of them at once, with one line, where there is none. */
  @BeforeAll
  static void startAzurite() {
    Azurite.shared();
  }

  @Override
  protected BlobContainer empty() {
    return Azurite.shared().freshContainer();
  }
}
