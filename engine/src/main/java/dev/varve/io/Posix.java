package dev.varve.io;

import dev.varve.StorageException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The libc calls that a log needs, on 64-bit Linux. Numbers are those of the kernel's generic
 * interface, which x86-64 and AArch64 share.
 *
 * <p>A call that is interrupted by a signal is repeated; every other error becomes a {@link
 * StorageException}.
 */
final class Posix {
  static final int O_RDONLY = 0;
  static final int O_RDWR = 2;
  static final int O_CREAT = 0x40;
  static final int O_EXCL = 0x80;
  static final int O_CLOEXEC = 0x80000;

  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final int MS_SYNC = 4;
  private static final int MADV_HUGEPAGE = 14;
  private static final int MADV_POPULATE_WRITE = 23;
  private static final int FILE_MODE = 0644;
  private static final int F_OFD_SETLK = 37;
  private static final short F_RDLCK = 0;
  private static final short F_WRLCK = 1;

  /** {@code struct flock}; zeros in it mean the whole file. */
  private static final long FLOCK_BYTES = 32;

  private static final @Nullable Posix INSTANCE = find();

  private final Libc libc;

  private Posix(Libc libc) {
    this.libc = libc;
  }

  private static @Nullable Posix find() {
    Libc libc = Libc.find();
    return libc == null ? null : new Posix(libc);
  }

  /** The calls, or {@code null} where this is no 64-bit Linux or native access is denied. */
  static @Nullable Posix instance() {
    return INSTANCE;
  }

  /** Opens a file; a negative result is the negated error number. */
  int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      MemorySegment state = Libc.callState();
      int descriptor;
      do {
        descriptor = (int) libc.open.invokeExact(state, name, flags | O_CLOEXEC, FILE_MODE);
      } while (descriptor < 0 && Libc.errno(state) == Errno.EINTR);
      return descriptor < 0 ? -Libc.errno(state) : descriptor;
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void close(int descriptor) {
    try {
      int ignored = (int) libc.close.invokeExact(Libc.callState(), descriptor);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int read(int descriptor, MemorySegment target, long offset, String path) {
    return transfer(libc.pread, "read", descriptor, target, 0, target.byteSize(), offset, path);
  }

  int write(
      int descriptor, MemorySegment source, long from, long length, long offset, String path) {
    return transfer(libc.pwrite, "write", descriptor, source, from, length, offset, path);
  }

  /** Addresses go over as numbers, so that no slice is allocated; the fence keeps the memory. */
  private static int transfer(
      MethodHandle call,
      String action,
      int descriptor,
      MemorySegment memory,
      long from,
      long length,
      long offset,
      String path) {
    Objects.checkFromIndexSize(from, length, memory.byteSize());
    if (!memory.isNative()) {
      throw new IllegalArgumentException("a transfer needs native memory");
    }
    MemorySegment state = Libc.callState();
    long address = memory.address() + from;
    long bytes = Math.min(length, 1 << 30);
    try {
      long done;
      do {
        done = (long) call.invokeExact(state, descriptor, address, bytes, offset);
      } while (done < 0 && Libc.errno(state) == Errno.EINTR);
      if (done < 0) {
        throw Errno.failure(action, path, Libc.errno(state));
      }
      return (int) done;
    } catch (Throwable failure) {
      throw unexpected(failure);
    } finally {
      Reference.reachabilityFence(memory);
    }
  }

  long size(int descriptor, String path) {
    MemorySegment state = Libc.callState();
    try {
      long size = (long) libc.lseek.invokeExact(state, descriptor, 0L, 2);
      check(size, state, "measure", path);
      return size;
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void allocate(int descriptor, long size, String path) {
    MemorySegment state = Libc.callState();
    try {
      int error;
      do {
        error = (int) libc.posixFallocate.invokeExact(state, descriptor, 0L, size);
      } while (error == Errno.EINTR);
      if (error != 0) {
        throw Errno.failure("allocate " + size + " bytes for", path, error);
      }
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /** Leaves no byte in a file. */
  void truncate(int descriptor, String path) {
    MemorySegment state = Libc.callState();
    try {
      int result;
      do {
        result = (int) libc.ftruncate.invokeExact(state, descriptor, 0L);
      } while (result < 0 && Libc.errno(state) == Errno.EINTR);
      check(result, state, "truncate", path);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /** Locks the whole file for this open file description; false where another lock excludes it. */
  boolean tryLock(int descriptor, boolean shared, String path) {
    MemorySegment state = Libc.callState();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lock = arena.allocate(FLOCK_BYTES, Long.BYTES);
      lock.set(ValueLayout.JAVA_SHORT, 0, shared ? F_RDLCK : F_WRLCK);
      int result;
      do {
        result = (int) libc.fcntl.invokeExact(state, descriptor, F_OFD_SETLK, lock);
      } while (result < 0 && Libc.errno(state) == Errno.EINTR);
      if (result < 0 && Libc.errno(state) == Errno.EAGAIN) {
        return false;
      }
      check(result, state, "lock", path);
      return true;
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void syncFile(int descriptor, String path) {
    sync(libc.fdatasync, descriptor, path);
  }

  void syncDirectory(int descriptor, String path) {
    sync(libc.fsync, descriptor, path);
  }

  private static void sync(MethodHandle call, int descriptor, String path) {
    MemorySegment state = Libc.callState();
    try {
      int result;
      do {
        result = (int) call.invokeExact(state, descriptor);
      } while (result < 0 && Libc.errno(state) == Errno.EINTR);
      check(result, state, "sync", path);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  long map(int descriptor, long length, boolean writable, String path) {
    MemorySegment state = Libc.callState();
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    try {
      long address =
          (long) libc.mmap.invokeExact(state, 0L, length, protection, MAP_SHARED, descriptor, 0L);
      check(address, state, "map", path);
      return address;
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void unmap(long address, long length, String path) {
    MemorySegment state = Libc.callState();
    try {
      check((int) libc.munmap.invokeExact(state, address, length), state, "unmap", path);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void force(long address, long length, String path) {
    MemorySegment state = Libc.callState();
    try {
      int result;
      do {
        result = (int) libc.msync.invokeExact(state, address, length, MS_SYNC);
      } while (result < 0 && Libc.errno(state) == Errno.EINTR);
      check(result, state, "sync", path);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /** Makes pages resident, in large ones where the kernel can; false where it cannot at all. */
  boolean populate(long address, long length) {
    MemorySegment state = Libc.callState();
    try {
      int ignored = (int) libc.madvise.invokeExact(state, address, length, MADV_HUGEPAGE);
      int result;
      do {
        result = (int) libc.madvise.invokeExact(state, address, length, MADV_POPULATE_WRITE);
      } while (result < 0 && Libc.errno(state) == Errno.EINTR);
      return result == 0;
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  private static void check(long result, MemorySegment state, String action, String path) {
    if (result == -1) {
      throw Errno.failure(action, path, Libc.errno(state));
    }
  }

  private static RuntimeException unexpected(Throwable failure) {
    if (failure instanceof RuntimeException known) {
      return known;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(failure);
  }
}
