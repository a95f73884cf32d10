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

  private static final int SEEK_END = 2;
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final int MS_SYNC = 4;
  private static final int MADV_HUGEPAGE = 14;
  private static final int MADV_POPULATE_WRITE = 23;
  private static final int POSIX_FADV_DONTNEED = 4;
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
    MemorySegment state = Libc.callState();
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path).address();
      int descriptor = whole(libc.open, state, name, flags | O_CLOEXEC, FILE_MODE);
      return descriptor < 0 ? -Libc.errno(state) : descriptor;
    }
  }

  /** Closes a descriptor, once: where a signal interrupts that, Linux has closed it. */
  void close(int descriptor) {
    long ignored = once(libc.close, Libc.callState(), descriptor, 0, 0, 0, 0, 0);
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
        done = once(call, state, descriptor, address, bytes, offset, 0, 0);
      } while (done == -1 && Libc.errno(state) == Errno.EINTR);
      check(done, state, action, path);
      return (int) done;
    } finally {
      Reference.reachabilityFence(memory);
    }
  }

  long size(int descriptor, String path) {
    MemorySegment state = Libc.callState();
    long size = once(libc.lseek, state, descriptor, 0, SEEK_END, 0, 0, 0);
    check(size, state, "measure", path);
    return size;
  }

  void allocate(int descriptor, long size, String path) {
    MemorySegment state = Libc.callState();
    int error;
    do {
      error = (int) once(libc.posixFallocate, state, descriptor, 0, size, 0, 0, 0);
    } while (error == Errno.EINTR);
    if (error != 0) {
      throw Errno.failure("allocate " + size + " bytes for", path, error);
    }
  }

  /** Leaves no byte in a file. */
  void truncate(int descriptor, String path) {
    MemorySegment state = Libc.callState();
    check(whole(libc.ftruncate, state, descriptor, 0, 0), state, "truncate", path);
  }

  /** Locks the whole file for this open file description; false where another lock excludes it. */
  boolean tryLock(int descriptor, boolean shared, String path) {
    MemorySegment state = Libc.callState();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lock = arena.allocate(FLOCK_BYTES, Long.BYTES);
      lock.set(ValueLayout.JAVA_SHORT, 0, shared ? F_RDLCK : F_WRLCK);
      int result = whole(libc.fcntl, state, descriptor, F_OFD_SETLK, lock.address());
      if (result == -1 && Libc.errno(state) == Errno.EAGAIN) {
        return false;
      }
      check(result, state, "lock", path);
      return true;
    }
  }

  void syncFile(int descriptor, String path) {
    MemorySegment state = Libc.callState();
    check(whole(libc.fdatasync, state, descriptor, 0, 0), state, "sync", path);
  }

  void syncDirectory(int descriptor, String path) {
    MemorySegment state = Libc.callState();
    check(whole(libc.fsync, state, descriptor, 0, 0), state, "sync", path);
  }

  /** A hint: whether it was taken is not told, nor whether it is known. */
  void forgetCached(int descriptor) {
    MemorySegment state = Libc.callState();
    long ignored = once(libc.posixFadvise, state, descriptor, 0, 0, POSIX_FADV_DONTNEED, 0, 0);
  }

  long map(int descriptor, long length, boolean writable, String path) {
    MemorySegment state = Libc.callState();
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    long address = once(libc.mmap, state, 0, length, protection, MAP_SHARED, descriptor, 0);
    check(address, state, "map", path);
    return address;
  }

  void unmap(long address, long length, String path) {
    MemorySegment state = Libc.callState();
    check(whole(libc.munmap, state, address, length, 0), state, "unmap", path);
  }

  void force(long address, long length, String path) {
    MemorySegment state = Libc.callState();
    check(whole(libc.msync, state, address, length, MS_SYNC), state, "sync", path);
  }

  /** Makes pages resident, in large ones where the kernel can; false where it cannot at all. */
  boolean populate(long address, long length) {
    MemorySegment state = Libc.callState();
    int ignored = whole(libc.madvise, state, address, length, MADV_HUGEPAGE);
    return whole(libc.madvise, state, address, length, MADV_POPULATE_WRITE) == 0;
  }

  /** Calls a function of up to three parameters that returns an int, until no signal interrupts. */
  private static int whole(
      MethodHandle function, MemorySegment state, long first, long second, long third) {
    int result;
    do {
      result = (int) once(function, state, first, second, third, 0, 0, 0);
    } while (result == -1 && Libc.errno(state) == Errno.EINTR);
    return result;
  }

  private static long once(
      MethodHandle function,
      MemorySegment state,
      long first,
      long second,
      long third,
      long fourth,
      long fifth,
      long sixth) {
    try {
      return (long) function.invokeExact(state, first, second, third, fourth, fifth, sixth);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void check(long result, MemorySegment state, String action, String path) {
    if (result == -1) {
      throw Errno.failure(action, path, Libc.errno(state));
    }
  }
}
