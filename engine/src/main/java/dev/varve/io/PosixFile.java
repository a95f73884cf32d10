package dev.varve.io;

import dev.varve.StorageException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file descriptor of libc. No call of it minds an interrupt. */
final class PosixFile implements StoredFile {
  private static final long ZEROS_BYTES = 4L << 20;

  private final Posix posix;
  private final Path path;
  private final int descriptor;
  private final @Nullable Mapper mapper;
  private boolean closed;

  PosixFile(Posix posix, Path path, int descriptor, @Nullable Mapper mapper) {
    this.posix = posix;
    this.path = path;
    this.descriptor = descriptor;
    this.mapper = mapper;
  }

  @Override
  public String name() {
    return String.valueOf(path.getFileName());
  }

  @Override
  public long size() {
    return posix.size(descriptor, path.toString());
  }

  @Override
  public void allocate(long size) {
    posix.allocate(descriptor, size, path.toString());
  }

  @Override
  public void zeroFill(long offset, long length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment zeros = arena.allocate(Math.min(length, ZEROS_BYTES));
      for (long done = 0; done < length; done += ZEROS_BYTES) {
        long part = Math.min(ZEROS_BYTES, length - done);
        writeFully(offset + done, zeros.asSlice(0, part));
      }
    }
  }

  @Override
  public int read(long offset, MemorySegment target) {
    return posix.read(descriptor, target, offset, path.toString());
  }

  @Override
  public int write(long offset, MemorySegment source) {
    return write(offset, source, 0, source.byteSize());
  }

  @Override
  public void writeFully(long offset, MemorySegment source, long from, long length) {
    long done = 0;
    while (done < length) {
      done += write(offset + done, source, from + done, length - done);
    }
  }

  private int write(long offset, MemorySegment source, long from, long length) {
    int done = posix.write(descriptor, source, from, length, offset, path.toString());
    if (done == 0 && length > 0) {
      throw new StorageException.Unavailable("cannot write " + path + ": nothing was accepted");
    }
    return done;
  }

  @Override
  public void sync() {
    posix.syncFile(descriptor, path.toString());
  }

  @Override
  public void forgetCached() {
    posix.forgetCached(descriptor);
  }

  @Override
  public Mapping map(long length, boolean writable) {
    return mapper == null
        ? new PosixMapping(posix, path, descriptor, length, writable)
        : mapper.map(path, length, writable);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      posix.close(descriptor);
    }
  }
}
