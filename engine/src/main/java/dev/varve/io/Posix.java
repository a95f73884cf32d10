package dev.varve.io;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.varve.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.util.Locale;
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

  static final int ENOENT = 2;
  private static final int EINTR = 4;
  private static final int ENOSPC = 28;
  private static final int EDQUOT = 122;

  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final int MS_SYNC = 4;
  private static final int MADV_HUGEPAGE = 14;
  private static final int MADV_POPULATE_WRITE = 23;
  private static final int FILE_MODE = 0644;

  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final long ERRNO_OFFSET =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
  private static final ThreadLocal<MemorySegment> CALL_STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

  private static final @Nullable Posix INSTANCE = probe();

  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle pread;
  private final MethodHandle pwrite;
  private final MethodHandle lseek;
  private final MethodHandle fsync;
  private final MethodHandle fdatasync;
  private final MethodHandle posixFallocate;
  private final MethodHandle mmap;
  private final MethodHandle munmap;
  private final MethodHandle msync;
  private final MethodHandle madvise;

  private Posix() {
    open =
        bind(
            "open",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    close = bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    FunctionDescriptor transfer =
        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    pread = bind("pread", transfer);
    pwrite = bind("pwrite", transfer);
    lseek = bind("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    fsync = bind("fsync", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    fdatasync = bind("fdatasync", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    posixFallocate =
        bind("posix_fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    mmap =
        bind(
            "mmap",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    munmap = bind("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    FunctionDescriptor range = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    msync = bind("msync", range);
    madvise = bind("madvise", range);
  }

  /** The calls, or {@code null} where this is no 64-bit Linux or native access is denied. */
  static @Nullable Posix instance() {
    return INSTANCE;
  }

  private static @Nullable Posix probe() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    if (!os.equals("linux") || !(arch.equals("amd64") || arch.equals("aarch64"))) {
      return null;
    }
    try {
      return new Posix();
    } catch (RuntimeException | LinkageError unavailable) {
      return null;
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bind(
      String name, FunctionDescriptor descriptor, Linker.Option... more) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup libc = linker.defaultLookup();
    Linker.Option[] options = new Linker.Option[more.length + 1];
    options[0] = ERRNO;
    System.arraycopy(more, 0, options, 1, more.length);
    return linker.downcallHandle(libc.find(name).orElseThrow(), descriptor, options);
  }

  /** Opens a file; a negative result is the negated error number. */
  int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      MemorySegment state = CALL_STATE.get();
      int descriptor;
      do {
        descriptor = (int) open.invokeExact(state, name, flags | O_CLOEXEC, FILE_MODE);
      } while (descriptor < 0 && errno(state) == EINTR);
      return descriptor < 0 ? -errno(state) : descriptor;
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void close(int descriptor) {
    try {
      int ignored = (int) close.invokeExact(CALL_STATE.get(), descriptor);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int read(int descriptor, MemorySegment target, long offset, String path) {
    return transfer(pread, "read", descriptor, target, 0, target.byteSize(), offset, path);
  }

  int write(
      int descriptor, MemorySegment source, long from, long length, long offset, String path) {
    return transfer(pwrite, "write", descriptor, source, from, length, offset, path);
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
    MemorySegment state = CALL_STATE.get();
    long address = memory.address() + from;
    long bytes = Math.min(length, 1 << 30);
    try {
      long done;
      do {
        done = (long) call.invokeExact(state, descriptor, address, bytes, offset);
      } while (done < 0 && errno(state) == EINTR);
      if (done < 0) {
        throw failure(action, path, errno(state));
      }
      return (int) done;
    } catch (Throwable failure) {
      throw unexpected(failure);
    } finally {
      Reference.reachabilityFence(memory);
    }
  }

  long size(int descriptor, String path) {
    MemorySegment state = CALL_STATE.get();
    try {
      long size = (long) lseek.invokeExact(state, descriptor, 0L, 2);
      check(size, state, "measure", path);
      return size;
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void allocate(int descriptor, long size, String path) {
    MemorySegment state = CALL_STATE.get();
    try {
      int error;
      do {
        error = (int) posixFallocate.invokeExact(state, descriptor, 0L, size);
      } while (error == EINTR);
      if (error != 0) {
        throw failure("allocate " + size + " bytes for", path, error);
      }
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void syncFile(int descriptor, String path) {
    sync(fdatasync, descriptor, path);
  }

  void syncDirectory(int descriptor, String path) {
    sync(fsync, descriptor, path);
  }

  private static void sync(MethodHandle call, int descriptor, String path) {
    MemorySegment state = CALL_STATE.get();
    try {
      int result;
      do {
        result = (int) call.invokeExact(state, descriptor);
      } while (result < 0 && errno(state) == EINTR);
      check(result, state, "sync", path);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  long map(int descriptor, long length, boolean writable, String path) {
    MemorySegment state = CALL_STATE.get();
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    try {
      long address =
          (long) mmap.invokeExact(state, 0L, length, protection, MAP_SHARED, descriptor, 0L);
      check(address, state, "map", path);
      return address;
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void unmap(long address, long length, String path) {
    MemorySegment state = CALL_STATE.get();
    try {
      check((int) munmap.invokeExact(state, address, length), state, "unmap", path);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void force(long address, long length, String path) {
    MemorySegment state = CALL_STATE.get();
    try {
      int result;
      do {
        result = (int) msync.invokeExact(state, address, length, MS_SYNC);
      } while (result < 0 && errno(state) == EINTR);
      check(result, state, "sync", path);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /** Makes pages resident, in large ones where the kernel can; false where it cannot at all. */
  boolean populate(long address, long length) {
    MemorySegment state = CALL_STATE.get();
    try {
      int ignored = (int) madvise.invokeExact(state, address, length, MADV_HUGEPAGE);
      int result;
      do {
        result = (int) madvise.invokeExact(state, address, length, MADV_POPULATE_WRITE);
      } while (result < 0 && errno(state) == EINTR);
      return result == 0;
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  private static void check(long result, MemorySegment state, String action, String path) {
    if (result == -1) {
      throw failure(action, path, errno(state));
    }
  }

  static StorageException failure(String action, String path, int error) {
    IOException cause = new IOException(describe(error));
    return error == ENOSPC || error == EDQUOT
        ? Failures.full(action, path, cause)
        : Failures.of(action, path, cause);
  }

  private static String describe(int error) {
    return switch (error) {
      case 1 -> "operation not permitted (EPERM)";
      case ENOENT -> "no such file or folder (ENOENT)";
      case 5 -> "input/output error (EIO)";
      case 12 -> "out of memory or mappings (ENOMEM)";
      case 13 -> "permission denied (EACCES)";
      case 17 -> "already exists (EEXIST)";
      case 20 -> "not a folder (ENOTDIR)";
      case 21 -> "is a folder (EISDIR)";
      case 24 -> "too many open files (EMFILE)";
      case 27 -> "file too large (EFBIG)";
      case ENOSPC -> "no space left on device (ENOSPC)";
      case 30 -> "read-only file system (EROFS)";
      case EDQUOT -> "quota exceeded (EDQUOT)";
      default -> "error number " + error;
    };
  }

  private static int errno(MemorySegment state) {
    return state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
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
