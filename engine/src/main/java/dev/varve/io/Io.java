package dev.varve.io;

import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

/**
 * The machine as a log sees it: directories, time, threads and randomness.
 *
 * <p>{@link LocalIo} is the machine itself; a test brings one that loses power when told to.
 */
public interface Io {
  /**
   * Opens a folder.
   *
   * @param create whether a missing folder is created (its parent must exist)
   * @throws dev.varve.StorageException.Unavailable when it is missing, or is no folder
   */
  Directory directory(Path folder, MappingKind mapping, boolean create);

  /**
   * Identifies the run of the kernel whose page cache holds what was stored; empty when the
   * platform does not tell, and every unclean end then counts as a loss of power.
   */
  String bootId();

  /** A clock that never goes back, in nanoseconds. */
  long nanoTime();

  /** Makes the log's background threads. */
  ThreadFactory threads();

  /** Sixteen bytes that no other log has. */
  byte[] newLogId();
}
