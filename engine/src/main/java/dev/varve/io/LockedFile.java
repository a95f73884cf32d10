package dev.varve.io;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A lock file that is open and locked, until it is closed or its process ends. */
interface LockedFile {
  /**
   * Opens and locks a file that is there; {@code null} where another process holds a lock that
   * excludes this one.
   */
  static @Nullable LockedFile tryLock(Path path, boolean shared, boolean writable)
      throws IOException {
    Posix posix = Posix.instance();
    return posix != null
        ? PosixLockedFile.tryLock(posix, path, shared, writable)
        : ChannelLockedFile.tryLock(path, shared, writable);
  }

  /** Replaces its content. */
  void write(byte[] content) throws IOException;

  /** Gives the lock up. */
  void close() throws IOException;
}
