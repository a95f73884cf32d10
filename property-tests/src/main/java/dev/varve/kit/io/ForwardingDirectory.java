package dev.varve.kit.io;

import dev.varve.io.Directory;
import dev.varve.io.StoredFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder that asks another one. */
public class ForwardingDirectory implements Directory {
  private final Directory real;

  /** Asks {@code real}. */
  public ForwardingDirectory(Directory real) {
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
  public boolean exists(String name) {
    return real.exists(name);
  }

  @Override
  public StoredFile create(String name) {
    return real.create(name);
  }

  @Override
  public @Nullable StoredFile open(String name, boolean writable) {
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
