package dev.varve.io;

import dev.varve.StorageException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A mapping made by a channel, on any platform. */
final class ChannelMapping implements Mapping {
  private final Path path;
  private final Arena arena;
  private final MemorySegment memory;

  ChannelMapping(Path path, Arena arena, MemorySegment memory) {
    this.path = path;
    this.arena = arena;
    this.memory = memory;
  }

  @Override
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public void force(long offset, long length) {
    try {
      memory.asSlice(offset, length).force();
    } catch (UncheckedIOException failure) {
      throw new StorageException.Unavailable("cannot sync " + path, failure);
    }
  }

  @Override
  public void populate() {
    memory.fill((byte) 0);
  }

  @Override
  public void close() {
    arena.close();
  }
}
