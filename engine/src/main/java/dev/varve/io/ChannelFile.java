package dev.varve.io;

import dev.varve.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file on any platform: a channel that only private threads use. */
final class ChannelFile implements StoredFile {
  private static final int ZEROS_BYTES = 4 << 20;
  private static final int COPY_BYTES = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final @Nullable Mapper mapper;

  ChannelFile(Path path, FileChannel channel, @Nullable Mapper mapper) {
    this.path = path;
    this.channel = channel;
    this.mapper = mapper;
  }

  @Override
  public String name() {
    return String.valueOf(path.getFileName());
  }

  @Override
  public long size() {
    return call("measure", channel::size);
  }

  @Override
  public void allocate(long size) {
    long present = size();
    if (present < size) {
      zeroFill(present, size - present);
    }
  }

  @Override
  public void zeroFill(long offset, long length) {
    call(
        "zero",
        () -> {
          ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(length, ZEROS_BYTES));
          long done = 0;
          while (done < length) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), length - done));
            done += channel.write(zeros, offset + done);
          }
          return done;
        });
  }

  @Override
  public int read(long offset, MemorySegment target) {
    if (target.byteSize() == 0) {
      return 0;
    }
    ByteBuffer copy = ByteBuffer.allocateDirect(copied(target));
    int read = call("read", () -> Math.max(0, channel.read(copy, offset)));
    MemorySegment.copy(MemorySegment.ofBuffer(copy.clear()), 0, target, 0, read);
    return read;
  }

  @Override
  public int write(long offset, MemorySegment source) {
    ByteBuffer copy = ByteBuffer.allocateDirect(copied(source));
    MemorySegment.copy(source, 0, MemorySegment.ofBuffer(copy), 0, copy.capacity());
    return call("write", () -> channel.write(copy, offset));
  }

  /** Memory may be confined to the caller's thread, which the channel's thread is not. */
  private static int copied(MemorySegment memory) {
    return (int) Math.min(memory.byteSize(), COPY_BYTES);
  }

  @Override
  public void sync() {
    call(
        "sync",
        () -> {
          channel.force(false);
          return 0;
        });
  }

  @Override
  public Mapping map(long length, boolean writable) {
    if (mapper != null) {
      return mapper.map(path, length, writable);
    }
    Arena arena = Arena.ofShared();
    try {
      MapMode mode = writable ? MapMode.READ_WRITE : MapMode.READ_ONLY;
      MemorySegment memory = call("map", () -> channel.map(mode, 0, length, arena));
      return new ChannelMapping(path, arena, memory);
    } catch (StorageException failure) {
      arena.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    call(
        "close",
        () -> {
          channel.close();
          return 0;
        });
  }

  private <T> T call(String action, Uninterrupted.Operation<T> operation) {
    try {
      return Uninterrupted.call(operation);
    } catch (IOException failure) {
      throw Failures.of(action, path.toString(), failure);
    }
  }
}
