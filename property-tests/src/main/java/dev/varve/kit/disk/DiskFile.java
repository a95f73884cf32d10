package dev.varve.kit.disk;

import dev.varve.StorageException;
import dev.varve.io.Mapping;
import dev.varve.io.StoredFile;
import java.lang.foreign.MemorySegment;

/** An open file of a simulated disk. */
final class DiskFile implements StoredFile {
  private final SimulatedDisk disk;
  private final Inode inode;
  private final String name;
  private final boolean writable;
  private boolean closed;

  DiskFile(SimulatedDisk disk, Inode inode, String name, boolean writable) {
    this.disk = disk;
    this.inode = inode;
    this.name = name;
    this.writable = writable;
    inode.opened();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return disk.look(inode::size);
  }

  private void change(Runnable effect) {
    int ignored =
        disk.change(
            () -> {
              refuseMisuse();
              effect.run();
              return 0;
            });
  }

  private void refuseMisuse() {
    if (closed || !writable) {
      throw new StorageException.Unavailable(
          "cannot write %s: it is %s".formatted(name, closed ? "closed" : "open for reading"));
    }
  }

  @Override
  public void allocate(long size) {
    change(
        () -> {
          disk.refuseAboveQuota(inode, size);
          inode.grow(size);
        });
  }

  @Override
  public void zeroFill(long offset, long length) {
    change(
        () -> {
          disk.refuseAboveQuota(inode, offset + length);
          inode.zero(offset, length);
        });
  }

  @Override
  public int read(long offset, MemorySegment target) {
    return disk.look(() -> inode.read(offset, target));
  }

  @Override
  public int write(long offset, MemorySegment source) {
    int sector = disk.options().sectorBytes();
    long whole = source.byteSize();
    long front = disk.options().shortWrites() ? Math.min(whole, sector - offset % sector) : whole;
    change(
        () -> {
          disk.refuseAboveQuota(inode, offset + front);
          inode.write(offset, source.asSlice(0, front));
        });
    return (int) front;
  }

  @Override
  public void sync() {
    change(() -> sync(0, Long.MAX_VALUE / 2));
  }

  private void sync(long offset, long length) {
    if (disk.syncFails()) {
      inode.failed(offset, length);
      throw new StorageException.Unavailable("cannot sync " + name + ": input/output error");
    }
    inode.synced(offset, length);
  }

  @Override
  public Mapping map(long length, boolean forWriting) {
    MemorySegment memory = disk.look(() -> inode.map(length));
    return new DiskMapping(forWriting ? memory : memory.asReadOnly());
  }

  /** A look at the stores that were made, and a place to stop between two of them. */
  @Override
  public void stored(long offset, long length) {
    change(inode::notice);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      inode.closed();
    }
  }

  private final class DiskMapping implements Mapping {
    private final MemorySegment memory;
    private boolean unmapped;

    DiskMapping(MemorySegment memory) {
      this.memory = memory;
    }

    @Override
    public MemorySegment memory() {
      return memory;
    }

    @Override
    public void force(long offset, long length) {
      int ignored =
          disk.change(
              () -> {
                sync(offset, length);
                return 0;
              });
    }

    @Override
    public void populate() {
      disk.look(() -> memory);
    }

    @Override
    public synchronized void close() {
      if (!unmapped) {
        unmapped = true;
        inode.notice();
        inode.unmap();
      }
    }
  }
}
