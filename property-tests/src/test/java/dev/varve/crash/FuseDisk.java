package dev.varve.crash;

import dev.varve.io.Directory;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import dev.varve.kit.disk.SimulatedDisk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.cryptomator.jfuse.api.DirFiller;
import org.cryptomator.jfuse.api.Errno;
import org.cryptomator.jfuse.api.FileInfo;
import org.cryptomator.jfuse.api.FuseConfig;
import org.cryptomator.jfuse.api.FuseConnInfo;
import org.cryptomator.jfuse.api.FuseOperations;
import org.cryptomator.jfuse.api.Stat;
import org.cryptomator.jfuse.api.TimeSpec;
import org.jspecify.annotations.Nullable;

/**
 * Puts a simulated disk below the kernel: what the kernel's page cache writes reaches the disk,
 * what it is asked to sync is durable there, and once the disk has crashed every request fails.
 *
 * <p>Requests come one at a time. A file that is removed while it is open gets a hidden name from
 * libfuse, which the disk never hears of.
 */
final class FuseDisk implements FuseOperations {
  private static final String HIDDEN = "/.fuse_hidden";
  private static final int FOLDER = Stat.S_IFDIR | 0755;
  private static final int FILE = Stat.S_IFREG | 0644;

  private final SimulatedDisk disk;
  private final Directory folder;
  private final Errno errno;
  private final boolean writeBack;
  private final Map<Long, StoredFile> open = new HashMap<>();
  private long opened;

  /**
   * @param writeBack whether the kernel keeps what is written by position until it is synced or
   *     old, as it does with what is written through a mapping; else it comes at once
   */
  FuseDisk(SimulatedDisk disk, Errno errno, boolean writeBack) {
    this.disk = disk;
    this.folder = disk.directory(Path.of("disk"), MappingKind.FFM, false);
    this.errno = errno;
    this.writeBack = writeBack;
  }

  @Override
  public Errno errno() {
    return errno;
  }

  @Override
  public Set<Operation> supportedOperations() {
    return EnumSet.of(
        Operation.INIT,
        Operation.GET_ATTR,
        Operation.READ_DIR,
        Operation.FSYNCDIR,
        Operation.CREATE,
        Operation.OPEN,
        Operation.READ,
        Operation.WRITE,
        Operation.FSYNC,
        Operation.RELEASE,
        Operation.TRUNCATE,
        Operation.RENAME,
        Operation.UNLINK,
        Operation.UTIMENS);
  }

  @Override
  public void init(FuseConnInfo connection, @Nullable FuseConfig config) {
    if (writeBack) {
      connection.setWant(connection.want() | FuseConnInfo.FUSE_CAP_WRITEBACK_CACHE);
    }
  }

  /** Nobody goes on with a disk that has failed, so one error number is enough. */
  private int answer(IntSupplier request) {
    try {
      return disk.crashed() ? -errno.eio() : request.getAsInt();
    } catch (RuntimeException | Error failed) {
      return -errno.eio();
    }
  }

  private static String name(String path) {
    return path.substring(1);
  }

  private @Nullable StoredFile find(String path) {
    return path.startsWith(HIDDEN) ? null : folder.open(name(path), true);
  }

  private StoredFile file(FileInfo info) {
    StoredFile file = open.get(info.getFh());
    if (file == null) {
      throw new IllegalStateException("no file has the handle " + info.getFh());
    }
    return file;
  }

  private int opened(FileInfo info, @Nullable StoredFile file) {
    if (file == null) {
      return -errno.enoent();
    }
    info.setFh(++opened);
    open.put(opened, file);
    return 0;
  }

  @Override
  public int getattr(String path, Stat stat, @Nullable FileInfo info) {
    return answer(
        () -> {
          if (path.equals("/")) {
            stat.setMode(FOLDER);
            stat.setNLink((short) 2);
            return 0;
          }
          if (info != null) {
            return describe(file(info), stat);
          }
          try (StoredFile file = find(path)) {
            return file == null ? -errno.enoent() : describe(file, stat);
          }
        });
  }

  private static int describe(StoredFile file, Stat stat) {
    stat.setMode(FILE);
    stat.setNLink((short) 1);
    stat.setSize(file.size());
    return 0;
  }

  @Override
  public int readdir(String path, DirFiller filler, long offset, FileInfo info, int flags) {
    return answer(
        () -> {
          try {
            filler.fill(".");
            filler.fill("..");
            for (String name : folder.list()) {
              filler.fill(name);
            }
            return 0;
          } catch (IOException full) {
            return -errno.eio();
          }
        });
  }

  @Override
  public int fsyncdir(@Nullable String path, int dataOnly, FileInfo info) {
    return answer(
        () -> {
          folder.sync();
          return 0;
        });
  }

  @Override
  public int create(String path, int mode, FileInfo info) {
    return answer(() -> opened(info, folder.create(name(path))));
  }

  @Override
  public int open(String path, FileInfo info) {
    return answer(() -> opened(info, find(path)));
  }

  @Override
  public int read(String path, ByteBuffer target, long size, long offset, FileInfo info) {
    return answer(() -> file(info).read(offset, MemorySegment.ofBuffer(target)));
  }

  @Override
  public int write(String path, ByteBuffer source, long size, long offset, FileInfo info) {
    return answer(() -> file(info).write(offset, MemorySegment.ofBuffer(source)));
  }

  @Override
  public int fsync(String path, int dataOnly, FileInfo info) {
    return answer(
        () -> {
          file(info).sync();
          return 0;
        });
  }

  @Override
  public int release(String path, FileInfo info) {
    StoredFile file = open.remove(info.getFh());
    if (file != null) {
      file.close();
    }
    return 0;
  }

  /** The disk's files only grow; of a lock's file, which tells who holds it, the rest is zeros. */
  @Override
  public int truncate(String path, long size, @Nullable FileInfo info) {
    return answer(
        () -> {
          try (StoredFile file = find(path)) {
            if (file == null || (file.size() > size && !path.endsWith(".lock"))) {
              return -errno.enotsup();
            }
            file.allocate(size);
            file.zeroFill(size, file.size() - size);
            return 0;
          }
        });
  }

  @Override
  public int rename(String from, String to, int flags) {
    return answer(
        () -> {
          if (to.startsWith(HIDDEN)) {
            folder.unlink(name(from));
          } else {
            folder.rename(name(from), name(to));
          }
          return 0;
        });
  }

  @Override
  public int unlink(String path) {
    return answer(
        () -> {
          if (!path.startsWith(HIDDEN)) {
            folder.unlink(name(path));
          }
          return 0;
        });
  }

  @Override
  public int utimens(String path, TimeSpec accessed, TimeSpec modified, @Nullable FileInfo info) {
    return 0;
  }
}
