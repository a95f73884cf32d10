package dev.varve.contract;

import dev.varve.kit.stream.StorageDriverContract;
import dev.varve.kit.stream.StreamMedium;
import dev.varve.support.MemoryMedium;

/** The contract is one that a driver can keep. */
final class MemoryDriverContractTest extends StorageDriverContract {
  @Override
  protected StreamMedium emptyMedium() {
    return new MemoryMedium();
  }
}
