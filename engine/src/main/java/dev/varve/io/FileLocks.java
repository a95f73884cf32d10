package dev.varve.io;

import dev.varve.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Locks on files, between processes and within this one.
 *
 * <p>Where a lock is its process's, POSIX drops it when the process closes <em>any</em> descriptor
 * of the file, and a second {@code FileLock} of one process fails instead of waiting. So every lock
 * file is opened once per process, here, and its holders are counted. A system property says so to
 * copies of this class that other class loaders have made.
 */
final class FileLocks {
  private static final String PROPERTY = "dev.varve.lock.";

  private static final Map<Object, Held> HELD = new HashMap<>();

  private FileLocks() {}

  /** Takes a lock, or returns {@code null} where somebody holds one that excludes it. */
  static Directory.@Nullable Lock tryLock(Path path, boolean shared) throws IOException {
    synchronized (HELD) {
      Object key = keyOfPresent(path);
      Held held = HELD.get(key);
      if (held != null) {
        return shared && held.shared ? held.join() : null;
      }
      // A reader of a read-only folder locks what it may only read.
      return acquire(path, key, shared, !shared || Files.isWritable(path));
    }
  }

  /** The key of a lock file, which is created where there is none. */
  private static Object keyOfPresent(Path path) throws IOException {
    try {
      return key(path);
    } catch (NoSuchFileException missing) {
      create(path);
      return key(path);
    }
  }

  private static void create(Path path) throws IOException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException another) {
      // It is there, whoever made it.
    }
  }

  private static Object key(Path path) throws IOException {
    Object inode = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return inode != null ? inode : path.toRealPath();
  }

  private static Directory.@Nullable Lock acquire(
      Path path, Object key, boolean shared, boolean writable) throws IOException {
    if (System.getProperties().putIfAbsent(PROPERTY + key, "held") != null) {
      return null;
    }
    LockedFile file = null;
    try {
      file = LockedFile.tryLock(path, shared, writable);
    } finally {
      if (file == null) {
        System.clearProperty(PROPERTY + key);
      }
    }
    if (file == null) {
      return null;
    }
    Held held = new Held(key, shared, file);
    HELD.put(key, held);
    return held.join();
  }

  /** One open lock file. */
  private static final class Held {
    private final Object key;
    private final boolean shared;
    private final LockedFile file;
    private int holders;

    Held(Object key, boolean shared, LockedFile file) {
      this.key = key;
      this.shared = shared;
      this.file = file;
    }

    Directory.Lock join() {
      holders++;
      return new Directory.Lock() {
        private boolean closed;

        @Override
        public void announce() {
          writeHolder();
        }

        @Override
        public void close() {
          synchronized (HELD) {
            if (!closed) {
              closed = true;
              leave();
            }
          }
        }
      };
    }

    private void writeHolder() {
      byte[] holder =
          Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
      try {
        file.write(holder);
      } catch (IOException failure) {
        throw Failures.of("write", "a lock file", failure);
      }
    }

    private void leave() {
      holders--;
      if (holders > 0) {
        return;
      }
      HELD.remove(key);
      try {
        file.close();
      } catch (IOException failure) {
        throw new StorageException.Unavailable("cannot release a lock file", failure);
      } finally {
        System.clearProperty(PROPERTY + key);
      }
    }
  }

  /** What the holder wrote into the lock file; empty when nothing can be read. */
  static String holder(Path path) {
    synchronized (HELD) {
      try {
        if (System.getProperty(PROPERTY + key(path)) != null) {
          return Long.toString(ProcessHandle.current().pid());
        }
        return Files.readString(path, StandardCharsets.US_ASCII).strip();
      } catch (IOException unreadable) {
        return "";
      }
    }
  }
}
