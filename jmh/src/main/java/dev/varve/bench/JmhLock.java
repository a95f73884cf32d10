package dev.varve.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;

/** JMH allows one run at a time on a machine, by a lock file in the temporary folder. */
final class JmhLock {
  private JmhLock() {}

  /** Where JMH has it. */
  static Path file() {
    return Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
  }

  /** Whether another run holds it at the moment. */
  static boolean taken() throws IOException {
    try (FileChannel channel = FileChannel.open(file(), CREATE, WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }
}
