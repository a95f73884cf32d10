package dev.varve.bench.systems;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * A file behind the calls of the C library, with nothing between: what the limits are made of, and
 * what the JDK has no call for.
 */
public final class NativeFile implements AutoCloseable {
  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0x40;
  private static final int OWNER_READ_WRITE = 0600;
  private static final int POSIX_FADV_DONTNEED = 4;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int FALLOC_FL_KEEP_SIZE = 1;
  private static final int FALLOC_FL_PUNCH_HOLE = 2;
  private static final int MADV_HUGEPAGE = 14;
  private static final int MADV_POPULATE_WRITE = 23;

  private static final MethodHandle OPEN =
      call(
          "open",
          JAVA_INT,
          new MemoryLayout[] {ADDRESS, JAVA_INT, JAVA_INT},
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE = call("close", JAVA_INT, new MemoryLayout[] {JAVA_INT});
  private static final MethodHandle PWRITE =
      call("pwrite", JAVA_LONG, new MemoryLayout[] {JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG});
  private static final MethodHandle FDATASYNC =
      call("fdatasync", JAVA_INT, new MemoryLayout[] {JAVA_INT});
  private static final MethodHandle POSIX_FALLOCATE =
      call("posix_fallocate", JAVA_INT, new MemoryLayout[] {JAVA_INT, JAVA_LONG, JAVA_LONG});
  private static final MethodHandle FTRUNCATE =
      call("ftruncate", JAVA_INT, new MemoryLayout[] {JAVA_INT, JAVA_LONG});
  private static final MethodHandle FALLOCATE =
      call("fallocate", JAVA_INT, new MemoryLayout[] {JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG});
  private static final MethodHandle LSEEK =
      call("lseek", JAVA_LONG, new MemoryLayout[] {JAVA_INT, JAVA_LONG, JAVA_INT});
  private static final MethodHandle POSIX_FADVISE =
      call(
          "posix_fadvise", JAVA_INT, new MemoryLayout[] {JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT});
  private static final MethodHandle MADVISE =
      call("madvise", JAVA_INT, new MemoryLayout[] {ADDRESS, JAVA_LONG, JAVA_INT});

  private final Path path;
  private final int descriptor;

  private NativeFile(Path path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /** Opens a file to read and write, created if absent. */
  public static NativeFile open(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor =
          (int)
              OPEN.invokeExact(
                  arena.allocateFrom(path.toString()), O_RDWR | O_CREAT, OWNER_READ_WRITE);
      if (descriptor < 0) {
        throw new IOException("open failed: " + path);
      }
      return new NativeFile(path, descriptor);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Gives the file blocks on the device up to a size. */
  void allocate(long bytes) {
    try {
      require((int) POSIX_FALLOCATE.invokeExact(descriptor, 0L, bytes) == 0, "posix_fallocate");
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Gives the file a size; beyond what it had it is a hole. */
  public void resize(long bytes) {
    try {
      require((int) FTRUNCATE.invokeExact(descriptor, bytes) == 0, "ftruncate");
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Writes a range of memory at an offset of the file. */
  void write(MemorySegment source, long offset) {
    try {
      long written = (long) PWRITE.invokeExact(descriptor, source, source.byteSize(), offset);
      require(written == source.byteSize(), "pwrite");
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Makes what was written durable. */
  void sync() {
    try {
      require((int) FDATASYNC.invokeExact(descriptor) == 0, "fdatasync");
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Where the first byte is from an offset on that is not in a hole; -1 where there is none. */
  public long dataFrom(long offset) {
    return seek(offset, SEEK_DATA);
  }

  /** Where the first hole begins from an offset on, or the file ends; -1 beyond its end. */
  public long holeFrom(long offset) {
    return seek(offset, SEEK_HOLE);
  }

  private long seek(long offset, int whence) {
    try {
      return (long) LSEEK.invokeExact(descriptor, offset, whence);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Makes a hole, which reads as zeros; the size of the file stays. */
  public void punch(long offset, long bytes) {
    try {
      int mode = FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE;
      require((int) FALLOCATE.invokeExact(descriptor, mode, offset, bytes) == 0, "fallocate");
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Has the page cache forget what is durable: it holds large writes in pieces of their size. */
  void forgetCached() {
    try {
      require(
          (int) POSIX_FADVISE.invokeExact(descriptor, 0L, 0L, POSIX_FADV_DONTNEED) == 0,
          "posix_fadvise");
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  @Override
  public void close() {
    try {
      require((int) CLOSE.invokeExact(descriptor) == 0, "close");
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /**
   * Asks for large pages and has all pages of a mapping present and writable; best effort, older
   * kernels know neither.
   */
  static void populate(MemorySegment mapping) {
    try {
      int large = (int) MADVISE.invokeExact(mapping, mapping.byteSize(), MADV_HUGEPAGE);
      int present = (int) MADVISE.invokeExact(mapping, mapping.byteSize(), MADV_POPULATE_WRITE);
      if (large != 0 || present != 0) {
        mapping.fill((byte) 0);
      }
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private void require(boolean success, String call) {
    if (!success) {
      throw new IllegalStateException(call + " failed: " + path);
    }
  }

  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
  }

  // Calling the C library is what this class is for.
  @SuppressWarnings("restricted")
  private static MethodHandle call(
      String name, MemoryLayout result, MemoryLayout[] arguments, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        options);
  }
}
