package dev.varve.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * JMH allows one run at a time on a machine, by a lock file in the temporary folder. A comparison
 * is many runs of JMH, and holds the lock itself from the first to the last.
 */
final class JmhLock implements AutoCloseable {
  private final FileChannel channel;

  private JmhLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Where JMH has it. */
  static Path file() {
    return Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
  }

  /** Takes it; empty if another run holds it at the moment. */
  static Optional<JmhLock> take() throws IOException {
    FileChannel channel = FileChannel.open(file(), CREATE, WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new JmhLock(channel));
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
