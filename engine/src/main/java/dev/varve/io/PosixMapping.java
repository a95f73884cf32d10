package dev.varve.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A mapping made by {@code mmap}; a shared arena makes late access an exception, not a crash. */
final class PosixMapping implements Mapping {
  /** A multiple of every page size in use: where a range to sync may begin. */
  private static final long PAGE_BYTES = 65_536;

  private final Posix posix;
  private final Path path;
  private final Arena arena = Arena.ofShared();
  private final long address;
  private final MemorySegment memory;

  @SuppressWarnings("restricted")
  PosixMapping(Posix posix, Path path, int descriptor, long length, boolean writable) {
    this.posix = posix;
    this.path = path;
    this.address = posix.map(descriptor, length, writable, path.toString());
    MemorySegment mapped =
        MemorySegment.ofAddress(address)
            .reinterpret(
                length, arena, memory -> posix.unmap(memory.address(), length, path.toString()));
    this.memory = writable ? mapped : mapped.asReadOnly();
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public void force(long offset, long length) {
    long from = offset & -PAGE_BYTES;
    posix.force(address + from, offset + length - from, path.toString());
  }

  @Override
  public void populate() {
    if (!posix.populate(address, memory.byteSize())) {
      memory.fill((byte) 0);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
