package dev.varve.kit.container;

import dev.varve.chain.BlobContainer;
import org.junit.jupiter.api.BeforeEach;

/**
 * Every sentence of {@link BlobContainer}, as tests, with the statuses and codes of Azure Storage.
 * Extend it with your container.
 */
public abstract class BlobContainerContract
    implements AppendBlobContract, RangeContract, MetadataContract, ListingContract, BlockContract {

  private ContainerFixture fixture;

  /** For subclasses. */
  protected BlobContainerContract() {}

  /** A container without blobs; asked once per test. */
  protected abstract BlobContainer empty();

  @BeforeEach
  final void openFixture() {
    fixture = new ContainerFixture(empty());
  }

  @Override
  public final ContainerFixture fixture() {
    return fixture;
  }
}
