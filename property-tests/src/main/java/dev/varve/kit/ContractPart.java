package dev.varve.kit;

/** What the parts of {@link RecordLogContract} share: the log of the current test. */
interface ContractPart {
  LogFixture fixture();
}
