package dev.varve.container;

import dev.varve.chain.BlobContainer;
import dev.varve.kit.container.BlobContainerContract;
import dev.varve.support.Azurite;

/** The SDK's container keeps the contract, on the emulator of Azure Storage. */
class AzuriteContainerContractTest extends BlobContainerContract {
  @Override
  protected BlobContainer empty() {
    return Azurite.shared().freshContainer();
  }
}
