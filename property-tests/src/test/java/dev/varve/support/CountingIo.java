package dev.varve.support;

import dev.varve.io.Directory;
import dev.varve.io.Io;
import dev.varve.io.LocalIo;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The machine, and a list of the files that were opened on it. */
public final class CountingIo implements Io {
  private final ConcurrentLinkedQueue<String> opened = new ConcurrentLinkedQueue<>();

  /** A machine on which nothing has been opened. */
  public CountingIo() {}

  /** The files opened so far whose names begin so, each as often as it was opened. */
  public List<String> opened(String prefix) {
    return opened.stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    return new CountingDirectory(LocalIo.best().directory(folder, mapping, create));
  }

  @Override
  public String bootId() {
    return LocalIo.best().bootId();
  }

  @Override
  public long nanoTime() {
    return LocalIo.best().nanoTime();
  }

  @Override
  public ThreadFactory threads() {
    return LocalIo.best().threads();
  }

  @Override
  public byte[] newLogId() {
    return LocalIo.best().newLogId();
  }

  /** Counts what it opens. */
  private final class CountingDirectory implements Directory {
    private final Directory real;

    CountingDirectory(Directory real) {
      this.real = real;
    }

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
      return real.create(name);
    }

    @Override
    public @Nullable StoredFile open(String name, boolean writable) {
      opened.add(name);
      return real.open(name, writable);
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
      real.sync();
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
}
