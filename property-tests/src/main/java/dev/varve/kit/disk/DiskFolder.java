package dev.varve.kit.disk;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import dev.varve.io.StoredFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder of a simulated disk. */
final class DiskFolder implements Directory {
  private final SimulatedDisk disk;
  private final String path;

  DiskFolder(SimulatedDisk disk, String path) {
    this.disk = disk;
    this.path = path;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<String> list() {
    return disk.look(() -> List.copyOf(disk.names().list()));
  }

  @Override
  public boolean exists(String name) {
    return disk.look(() -> disk.names().find(name) != null);
  }

  @Override
  public StoredFile create(String name) {
    return disk.change(
        () -> {
          if (disk.names().find(name) != null) {
            throw new StorageException.Unavailable("cannot create " + name + ": it exists");
          }
          Inode inode = disk.newInode();
          disk.names().create(name, inode);
          return new DiskFile(disk, inode, name, true);
        });
  }

  @Override
  public @Nullable StoredFile open(String name, boolean writable) {
    return disk
        .look(
            () -> {
              Inode inode = disk.names().find(name);
              return inode == null ? List.<StoredFile>of() : List.of(opened(inode, name, writable));
            })
        .stream()
        .findFirst()
        .orElse(null);
  }

  private StoredFile opened(Inode inode, String name, boolean writable) {
    return new DiskFile(disk, inode, name, writable);
  }

  @Override
  public void rename(String from, String to) {
    int ignored =
        disk.change(
            () -> {
              Inode inode = disk.names().find(from);
              if (inode == null) {
                throw new StorageException.Unavailable("cannot rename " + from + ": no such file");
              }
              disk.names().rename(from, to, inode);
              return 0;
            });
  }

  @Override
  public void unlink(String name) {
    int ignored =
        disk.change(
            () -> {
              Inode inode = disk.names().find(name);
              if (inode != null) {
                disk.names().unlink(name, inode);
              }
              return 0;
            });
  }

  @Override
  public void sync() {
    int ignored =
        disk.change(
            () -> {
              disk.names().sync();
              return 0;
            });
  }

  /** Creates the file that is locked where it is missing, as a real one does. */
  @Override
  public @Nullable Lock tryLock(String name, boolean shared) {
    if (disk.look(() -> disk.names().find(name) == null)) {
      create(name).close();
    }
    return disk.locks().tryLock(name, shared);
  }

  @Override
  public String lockHolder(String name) {
    return "";
  }

  @Override
  public void close() {}
}
