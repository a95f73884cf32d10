package dev.varve.kit;

import java.nio.file.Path;

/**
 * Opens one kind of {@link RecordLogUnderTest} and says what it can hold.
 *
 * <p>{@link CrashRunner} creates the factory again in another process, so a factory given to it
 * needs a public constructor without parameters.
 */
public interface RecordLogFactory {

  /**
   * Opens the log in the folder, which exists: a new log when the folder is empty, else the one
   * that an earlier call created there, recovered when that one was not closed.
   */
  RecordLogUnderTest open(Path folder);

  /** What the logs of this factory can hold. */
  RecordLogTraits traits();
}
