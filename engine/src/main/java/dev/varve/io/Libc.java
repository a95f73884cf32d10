package dev.varve.io;

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
 * {@link #callState()} gives, and leaves its error number there; {@code posix_fallocate} and {@code
 * posix_fadvise} return it.
 *
 * <p>All are bound as functions of six long numbers that return one, whatever C declares: the JDK
 * makes code for every other shape when it is bound, which would be most of what the first opening
 * of a process takes. The calling conventions of both processors allow it (System V ABI for x86-64,
 * section 3.2.3; AAPCS64, section 6): the first six numbers and addresses go in registers of their
 * own, and a function looks at no more of a register, and at no more registers, than it declares.
 * Of the two variadic functions here that is true as well, which take no floating-point numbers:
 * the bound for those that x86-64 wants in a register is not set, and without any of them not used.
 * Of what returns an int only the lower 32 bits count.
 */
final class Libc {
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
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
  final MethodHandle posixFadvise;
  final MethodHandle mmap;
  final MethodHandle munmap;
  final MethodHandle msync;
  final MethodHandle madvise;
  final MethodHandle ftruncate;
  final MethodHandle fcntl;

  private Libc() {
    open = bind("open");
    close = bind("close");
    pread = bind("pread");
    pwrite = bind("pwrite");
    lseek = bind("lseek");
    fsync = bind("fsync");
    fdatasync = bind("fdatasync");
    posixFallocate = bind("posix_fallocate");
    posixFadvise = bind("posix_fadvise");
    mmap = bind("mmap");
    munmap = bind("munmap");
    msync = bind("msync");
    madvise = bind("madvise");
    ftruncate = bind("ftruncate");
    fcntl = bind("fcntl");
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
  private static MethodHandle bind(String name) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup libc = linker.defaultLookup();
    return linker.downcallHandle(libc.find(name).orElseThrow(), SHAPE, ERRNO);
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
