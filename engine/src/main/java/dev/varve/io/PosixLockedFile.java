package dev.varve.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A lock of Linux's <em>open file description</em> kind (fcntl(2)). It and the locks of processes,
 * which {@link ChannelLockedFile} takes, exclude each other. No interrupt can close it, so it needs
 * no thread of its own.
 */
record PosixLockedFile(Posix posix, int descriptor, String path) implements LockedFile {
  static @Nullable LockedFile tryLock(Posix posix, Path path, boolean shared, boolean writable) {
    String name = path.toString();
    int descriptor = posix.open(name, writable ? Posix.O_RDWR : Posix.O_RDONLY);
    if (descriptor < 0) {
      throw Errno.failure("open", name, -descriptor);
    }
    boolean locked = false;
    try {
      locked = posix.tryLock(descriptor, shared, name);
    } finally {
      if (!locked) {
        posix.close(descriptor);
      }
    }
    return locked ? new PosixLockedFile(posix, descriptor, name) : null;
  }

  @Override
  public void write(byte[] content) {
    if (posix.size(descriptor, path) > content.length) {
      posix.truncate(descriptor, path);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, content);
      int ignored = posix.write(descriptor, bytes, 0, content.length, 0, path);
    }
  }

  @Override
  public void close() {
    posix.close(descriptor);
  }
}
