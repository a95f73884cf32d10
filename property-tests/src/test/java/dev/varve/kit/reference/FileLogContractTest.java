package dev.varve.kit.reference;

import dev.varve.kit.RecordLogContract;
import dev.varve.kit.RecordLogFactory;

/** The contract is one that a log can keep. */
final class FileLogContractTest extends RecordLogContract {
  @Override
  protected RecordLogFactory factory() {
    return new FileLog.Factory();
  }
}
