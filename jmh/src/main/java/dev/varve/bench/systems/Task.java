package dev.varve.bench.systems;

/** What a workload does with a system, so that the system can say whether it can. */
public enum Task {
  /** Records are appended, then read back once, forward. */
  APPEND,
  /** All records are read, oldest first. */
  SCAN_FORWARD,
  /** All records are read, newest first. */
  SCAN_BACKWARD,
  /** Single records are read by the position that their append reported. */
  READ,
  /** A folder is opened again after its writer was killed; the newest record is read. */
  REOPEN,
  /** As {@link #APPEND}, and the subject is how the file reaches the memory. */
  MAPPING
}
