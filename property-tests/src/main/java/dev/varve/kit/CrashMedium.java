package dev.varve.kit;

import java.nio.file.Path;

/**
 * Where the logs of a {@link CrashRunner} lie, and what a crash leaves of them. Used by one thread;
 * begins empty, and each child finds what the crash before it left.
 */
public interface CrashMedium extends AutoCloseable {

  /** The folder in which the next child works. */
  Path begin();

  /** Ends the child at once, and with it whatever else is lost on this medium. */
  void crash(ProcessHandle child);

  /**
   * An ordinary folder that holds what the crash left, to be opened and even changed: either the
   * one that the next child goes on with, or a copy.
   */
  Path left();

  /** Whether an append that has returned must be there, or only one that was synced after that. */
  boolean keepsAcknowledged();

  @Override
  void close();
}
