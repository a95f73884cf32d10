package dev.varve.container;

import dev.varve.chain.BlobContainer;
import dev.varve.kit.container.BlockCountContract;
import dev.varve.support.Azurite;
import org.junit.jupiter.api.Tag;

/** The 50,000 blocks of Azure Storage on its emulator, which takes minutes. */
@Tag("long")
class AzuriteBlockCountTest extends BlockCountContract {
  @Override
  protected BlobContainer empty() {
    return Azurite.shared().freshContainer();
  }
}
