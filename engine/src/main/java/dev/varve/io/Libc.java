package dev.varve.io;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libc that {@link Posix} calls, found and bound. Each takes the state first that
 * {@link #callState()} gives, and leaves its error number there; {@code posix_fallocate} returns
 * it.
 */
final class Libc {
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final long ERRNO_OFFSET =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
  private static final ThreadLocal<MemorySegment> CALL_STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

  final MethodHandle open;
  final MethodHandle close;
  final MethodHandle pread;
  final MethodHandle pwrite;
  final MethodHandle lseek;
  final MethodHandle fsync;
  final MethodHandle fdatasync;
  final MethodHandle posixFallocate;
  final MethodHandle mmap;
  final MethodHandle munmap;
  final MethodHandle msync;
  final MethodHandle madvise;
  final MethodHandle ftruncate;
  final MethodHandle fcntl;

  private Libc() {
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
    ftruncate = bind("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    fcntl =
        bind(
            "fcntl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
            Linker.Option.firstVariadicArg(2));
  }

  /** The functions, or {@code null} where this is no 64-bit Linux or native access is denied. */
  static @Nullable Libc find() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    if (!os.equals("linux") || !(arch.equals("amd64") || arch.equals("aarch64"))) {
      return null;
    }
    try {
      return new Libc();
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

  /** Where the calls of this thread leave their error numbers. */
  static MemorySegment callState() {
    return CALL_STATE.get();
  }

  /** The error number of the call before, where that call failed. */
  static int errno(MemorySegment state) {
    return state.get(JAVA_INT, ERRNO_OFFSET);
  }
}
