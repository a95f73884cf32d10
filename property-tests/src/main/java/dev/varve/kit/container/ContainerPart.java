package dev.varve.kit.container;

/** What the parts of {@link BlobContainerContract} share: the container of the current test. */
interface ContainerPart {
  ContainerFixture fixture();
}
