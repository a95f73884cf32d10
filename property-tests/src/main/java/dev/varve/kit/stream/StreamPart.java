package dev.varve.kit.stream;

/** What the parts of {@link StorageDriverContract} share: the stream of the current test. */
interface StreamPart {
  StreamFixture fixture();
}
