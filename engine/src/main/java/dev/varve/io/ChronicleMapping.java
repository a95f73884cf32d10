package dev.varve.io;

import dev.varve.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.MappedBytes;
import org.jspecify.annotations.Nullable;

/** A mapping that Chronicle Bytes made and will release. */
final class ChronicleMapping implements Mapping {
  /** A multiple of every page size in use: where a range to sync may begin. */
  private static final long PAGE_BYTES = 65_536;

  private final Path path;
  private final MappedBytes bytes;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final @Nullable Posix posix = Posix.instance();

  @SuppressWarnings("restricted")
  ChronicleMapping(Path path, MappedBytes bytes, long length, boolean writable) {
    this.path = path;
    this.bytes = bytes;
    MemorySegment mapped =
        MemorySegment.ofAddress(bytes.addressForRead(0))
            .reinterpret(length, arena, memory -> release());
    this.memory = writable ? mapped : mapped.asReadOnly();
  }

  private void release() {
    try {
      Uninterrupted.call(
          () -> {
            bytes.releaseLast();
            return 0;
          });
    } catch (IOException failure) {
      throw Failures.of("unmap", path.toString(), failure);
    }
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public void force(long offset, long length) {
    if (posix != null) {
      long from = offset & -PAGE_BYTES;
      posix.force(memory.address() + from, offset + length - from, path.toString());
      return;
    }
    try {
      Uninterrupted.call(
          () -> {
            bytes.sync();
            return 0;
          });
    } catch (IOException | RuntimeException failure) {
      throw new StorageException.Unavailable("cannot sync " + path, failure);
    }
  }

  @Override
  public void populate() {
    if (posix == null || !posix.populate(memory.address(), memory.byteSize())) {
      memory.fill((byte) 0);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
