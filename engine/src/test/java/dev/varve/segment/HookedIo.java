package dev.varve.segment;

import dev.varve.io.Directory;
import dev.varve.io.Io;
import dev.varve.io.LocalIo;
import dev.varve.io.Mapping;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The machine, except that a test hears of every change before it is made, and may throw. */
public final class HookedIo implements Io {
  /** What is about to happen to a file or, for {@code syncDirectory}, to the folder. */
  public interface Hook {
    /** Called before the change; what it throws is thrown instead. */
    void before(String operation, String name);
  }

  private final Io machine;
  private final Hook hook;
  private final int shortWrite;

  /** Writes are whole. */
  public HookedIo(Hook hook) {
    this(hook, Integer.MAX_VALUE);
  }

  /** Every write stops after so many bytes, and the hook hears of {@code writeRest}. */
  HookedIo(Hook hook, int shortWrite) {
    this.machine = LocalIo.best();
    this.hook = hook;
    this.shortWrite = shortWrite;
  }

  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    return new HookedDirectory(machine.directory(folder, mapping, create));
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
    return task -> {
      Thread thread = new HookedThread(task);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public byte[] newLogId() {
    return machine.newLogId();
  }

  private final class HookedThread extends Thread {
    HookedThread(Runnable task) {
      super(task);
    }

    @Override
    public void start() {
      hook.before("start", "");
      super.start();
    }
  }

  private final class HookedDirectory implements Directory {
    private final Directory directory;

    HookedDirectory(Directory directory) {
      this.directory = directory;
    }

    @Override
    public String path() {
      return directory.path();
    }

    @Override
    public List<String> list() {
      return directory.list();
    }

    @Override
    public boolean exists(String name) {
      return directory.exists(name);
    }

    @Override
    public StoredFile create(String name) {
      hook.before("create", name);
      return new HookedFile(directory.create(name));
    }

    @Override
    public @Nullable StoredFile open(String name, boolean writable) {
      StoredFile opened = directory.open(name, writable);
      return opened == null ? null : new HookedFile(opened);
    }

    @Override
    public void rename(String from, String to) {
      hook.before("rename", to);
      directory.rename(from, to);
    }

    @Override
    public void unlink(String name) {
      hook.before("unlink", name);
      directory.unlink(name);
    }

    @Override
    public void sync() {
      hook.before("syncDirectory", "");
      directory.sync();
    }

    @Override
    public @Nullable Lock tryLock(String name, boolean shared) {
      hook.before("lock", name);
      return directory.tryLock(name, shared);
    }

    @Override
    public String lockHolder(String name) {
      return directory.lockHolder(name);
    }

    @Override
    public void close() {
      directory.close();
    }
  }

  private final class HookedFile implements StoredFile {
    private final StoredFile file;

    HookedFile(StoredFile file) {
      this.file = file;
    }

    @Override
    public String name() {
      return file.name();
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public void allocate(long size) {
      hook.before("allocate", name());
      file.allocate(size);
    }

    @Override
    public void zeroFill(long offset, long length) {
      hook.before("zero", name());
      file.zeroFill(offset, length);
    }

    @Override
    public void forgetCached() {
      hook.before("forgetCached", name());
      file.forgetCached();
    }

    @Override
    public int read(long offset, MemorySegment target) {
      return file.read(offset, target);
    }

    @Override
    public int write(long offset, MemorySegment source) {
      hook.before("write", name());
      int front = (int) Math.min(shortWrite, source.byteSize());
      int done = file.write(offset, source.asSlice(0, front));
      if (done < source.byteSize()) {
        hook.before("writeRest", name());
      }
      return done;
    }

    @Override
    public void sync() {
      hook.before("sync", name());
      file.sync();
    }

    @Override
    public Mapping map(long length, boolean writable) {
      hook.before("map", name());
      return new HookedMapping(name(), file.map(length, writable));
    }

    @Override
    public void close() {
      hook.before("close", name());
      file.close();
    }
  }

  private final class HookedMapping implements Mapping {
    private final String name;
    private final Mapping mapping;

    HookedMapping(String name, Mapping mapping) {
      this.name = name;
      this.mapping = mapping;
    }

    @Override
    public MemorySegment memory() {
      return mapping.memory();
    }

    @Override
    public void force(long offset, long length) {
      hook.before("force", name);
      mapping.force(offset, length);
    }

    @Override
    public void populate() {
      hook.before("populate", name);
      mapping.populate();
    }

    @Override
    public void close() {
      mapping.close();
    }
  }
}
