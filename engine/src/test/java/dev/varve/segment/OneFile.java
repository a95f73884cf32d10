package dev.varve.segment;

import dev.varve.io.Directory;
import dev.varve.io.Mapping;
import dev.varve.io.StoredFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first segment of a log as a file in memory, and what of it has been synced. */
class OneFile implements StoredFile, Mapping {
  private final MemorySegment written;
  private final MemorySegment durable;

  OneFile(int bytes) {
    written = Arena.ofAuto().allocate(bytes);
    durable = Arena.ofAuto().allocate(bytes);
  }

  /** What has been synced. */
  MemorySegment durable() {
    return durable;
  }

  /** The folder that holds it. */
  Directory folder() {
    return new OneFolder(this);
  }

  @Override
  public String name() {
    return SegmentNames.segment(0);
  }

  @Override
  public long size() {
    return written.byteSize();
  }

  @Override
  public void allocate(long size) {}

  @Override
  public void zeroFill(long offset, long length) {}

  @Override
  public int read(long offset, MemorySegment target) {
    long bytes = Math.clamp(size() - offset, 0, target.byteSize());
    MemorySegment.copy(written, offset, target, 0, bytes);
    return (int) bytes;
  }

  @Override
  public int write(long offset, MemorySegment source) {
    MemorySegment.copy(source, 0, written, offset, source.byteSize());
    return (int) source.byteSize();
  }

  @Override
  public void sync() {
    durable.copyFrom(written);
  }

  @Override
  public Mapping map(long length, boolean writable) {
    return this;
  }

  @Override
  public MemorySegment memory() {
    return written;
  }

  @Override
  public void force(long offset, long length) {
    MemorySegment.copy(written, offset, durable, offset, length);
  }

  @Override
  public void populate() {}

  @Override
  public void close() {}

  /** A folder of one file. */
  private record OneFolder(OneFile file) implements Directory {
    @Override
    public String path() {
      return "memory";
    }

    @Override
    public List<String> list() {
      return List.of();
    }

    @Override
    public boolean exists(String name) {
      return name.equals(file.name());
    }

    @Override
    public StoredFile create(String name) {
      return file;
    }

    @Override
    public StoredFile open(String name, boolean writable) {
      return file;
    }

    @Override
    public void rename(String from, String to) {}

    @Override
    public void unlink(String name) {}

    @Override
    public void sync() {}

    @Override
    public @Nullable Lock tryLock(String name, boolean shared) {
      return null;
    }

    @Override
    public String lockHolder(String name) {
      return "";
    }

    @Override
    public void close() {}
  }
}
