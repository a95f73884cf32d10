package dev.varve.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A lock by {@link FileLock}, which is its process's. */
record ChannelLockedFile(FileLock lock) implements LockedFile {
  static @Nullable LockedFile tryLock(Path path, boolean shared, boolean writable)
      throws IOException {
    Set<StandardOpenOption> options =
        writable
            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
            : Set.of(StandardOpenOption.READ);
    FileLock lock =
        Uninterrupted.call(
            () -> {
              FileChannel channel = FileChannel.open(path, options);
              FileLock taken = channel.tryLock(0, Long.MAX_VALUE, shared);
              if (taken == null) {
                channel.close();
              }
              return taken;
            });
    return lock == null ? null : new ChannelLockedFile(lock);
  }

  @Override
  public void write(byte[] content) throws IOException {
    Uninterrupted.call(
        () -> {
          FileChannel channel = lock.channel();
          return channel.truncate(0).write(ByteBuffer.wrap(content), 0);
        });
  }

  @Override
  public void close() throws IOException {
    Uninterrupted.call(
        () -> {
          lock.channel().close();
          return 0;
        });
  }
}
