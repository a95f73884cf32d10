package dev.varve.io;

import dev.varve.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the local file system, by libc where {@code posix} is there, by channels elsewhere.
 */
final class LocalDirectory implements Directory {
  private final Path folder;
  private final @Nullable Posix posix;
  private final @Nullable Mapper mapper;
  private final int descriptor;
  private boolean closed;

  LocalDirectory(Path folder, @Nullable Posix posix, @Nullable Mapper mapper) {
    this.folder = folder;
    this.posix = posix;
    this.mapper = mapper;
    this.descriptor = posix == null ? -1 : posix.open(folder.toString(), Posix.O_RDONLY);
    if (posix != null && descriptor < 0) {
      throw Errno.failure("open", folder.toString(), -descriptor);
    }
  }

  @Override
  public String path() {
    return folder.toString();
  }

  /** Not by {@code File.list}: where reading fails half way, that gives the first half as all. */
  @Override
  public List<String> list() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (DirectoryIteratorException failure) {
      throw Failures.of("list", path(), new IOException(failure));
    } catch (IOException failure) {
      throw Failures.of("list", path(), failure);
    }
    return names;
  }

  @Override
  public boolean exists(String name) {
    return Files.exists(folder.resolve(name));
  }

  @Override
  public StoredFile create(String name) {
    Path path = folder.resolve(name);
    if (posix != null) {
      int file = posix.open(path.toString(), Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL);
      if (file < 0) {
        throw Errno.failure("create", path.toString(), -file);
      }
      return new PosixFile(posix, path, file, mapper);
    }
    return channel(
        "create",
        path,
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
  }

  @Override
  public @Nullable StoredFile open(String name, boolean writable) {
    Path path = folder.resolve(name);
    if (posix != null) {
      int file = posix.open(path.toString(), writable ? Posix.O_RDWR : Posix.O_RDONLY);
      if (file == -Errno.ENOENT) {
        return null;
      }
      if (file < 0) {
        throw Errno.failure("open", path.toString(), -file);
      }
      return new PosixFile(posix, path, file, mapper);
    }
    if (!exists(name)) {
      return null;
    }
    return channel(
        "open",
        path,
        writable
            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
            : Set.of(StandardOpenOption.READ));
  }

  private StoredFile channel(String action, Path path, Set<StandardOpenOption> options) {
    try {
      FileChannel channel = Uninterrupted.call(() -> FileChannel.open(path, options));
      return new ChannelFile(path, channel, mapper);
    } catch (IOException failure) {
      throw Failures.of(action, path.toString(), failure);
    }
  }

  @Override
  public void rename(String from, String to) {
    try {
      Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw Failures.of("rename", folder.resolve(from).toString(), failure);
    }
  }

  @Override
  public void unlink(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException failure) {
      throw Failures.of("remove", folder.resolve(name).toString(), failure);
    }
  }

  @Override
  public void sync() {
    if (posix != null) {
      posix.syncDirectory(descriptor, path());
      return;
    }
    try {
      Uninterrupted.call(
          () -> {
            syncByChannel();
            return 0;
          });
    } catch (IOException failure) {
      throw Failures.of("sync", path(), failure);
    }
  }

  /** Windows has no way to open a folder; its file system orders entries by its own journal. */
  private void syncByChannel() throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public @Nullable Lock tryLock(String name, boolean shared) {
    Path path = folder.resolve(name);
    try {
      return FileLocks.tryLock(path, shared);
    } catch (NoSuchFileException missing) {
      throw new StorageException.Unavailable("the folder " + folder + " is gone", missing);
    } catch (IOException failure) {
      throw Failures.of("lock", path.toString(), failure);
    }
  }

  @Override
  public String lockHolder(String name) {
    return FileLocks.holder(folder.resolve(name));
  }

  @Override
  public synchronized void close() {
    if (posix != null && !closed) {
      closed = true;
      posix.close(descriptor);
    }
  }
}
