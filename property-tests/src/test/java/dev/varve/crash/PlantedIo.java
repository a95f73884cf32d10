package dev.varve.crash;

import dev.varve.io.Directory;
import dev.varve.io.Io;
import dev.varve.io.Mapping;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** A machine on which a call that matters is left out: what a log with that bug would do. */
record PlantedIo(Io machine, Omission omission) implements Io {

  /** Decides which calls are made. */
  interface Omission {
    /** Syncs the folder, or does not. */
    default void syncFolder(Runnable sync) {
      sync.run();
    }

    /** Syncs a file, or does not. */
    default void syncFile(String name, Runnable sync) {
      sync.run();
    }

    /** Writes zeros over a range of a file, or does not. */
    default void zero(String name, Runnable zero) {
      zero.run();
    }
  }

  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    return new PlantedDirectory(machine.directory(folder, mapping, create), omission);
  }

  @Override
  public String bootId() {
    return machine.bootId();
  }

  @Override
  public long nanoTime() {
    return machine.nanoTime();
  }

  @Override
  public ThreadFactory threads() {
    return machine.threads();
  }

  /** The same for all logs: so their frames can be read without a superblock. */
  @Override
  public byte[] newLogId() {
    return "the planted bugs".getBytes(StandardCharsets.US_ASCII);
  }

  private record PlantedDirectory(Directory real, Omission omission) implements Directory {
    @Override
    public String path() {
      return real.path();
    }

    @Override
    public List<String> list() {
      return real.list();
    }

    @Override
    public StoredFile create(String name) {
      return new PlantedFile(real.create(name), omission);
    }

    @Override
    public @Nullable StoredFile open(String name, boolean writable) {
      StoredFile opened = real.open(name, writable);
      return opened == null ? null : new PlantedFile(opened, omission);
    }

    @Override
    public void rename(String from, String to) {
      real.rename(from, to);
    }

    @Override
    public void unlink(String name) {
      real.unlink(name);
    }

    @Override
    public void sync() {
      omission.syncFolder(real::sync);
    }

    @Override
    public @Nullable Lock tryLock(String name, boolean shared) {
      return real.tryLock(name, shared);
    }

    @Override
    public String lockHolder(String name) {
      return real.lockHolder(name);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private record PlantedFile(StoredFile real, Omission omission) implements StoredFile {
    @Override
    public String name() {
      return real.name();
    }

    @Override
    public long size() {
      return real.size();
    }

    @Override
    public void allocate(long size) {
      real.allocate(size);
    }

    @Override
    public void zeroFill(long offset, long length) {
      omission.zero(name(), () -> real.zeroFill(offset, length));
    }

    @Override
    public int read(long offset, MemorySegment target) {
      return real.read(offset, target);
    }

    @Override
    public int write(long offset, MemorySegment source) {
      return real.write(offset, source);
    }

    @Override
    public void sync() {
      omission.syncFile(name(), real::sync);
    }

    @Override
    public Mapping map(long length, boolean writable) {
      return new PlantedMapping(name(), real.map(length, writable), omission);
    }

    @Override
    public void stored(long offset, long length) {
      real.stored(offset, length);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private record PlantedMapping(String name, Mapping real, Omission omission) implements Mapping {
    @Override
    public MemorySegment memory() {
      return real.memory();
    }

    @Override
    public void force(long offset, long length) {
      omission.syncFile(name, () -> real.force(offset, length));
    }

    @Override
    public void populate() {
      real.populate();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
