package dev.varve.kit.io;

import dev.varve.io.Mapping;
import dev.varve.io.StoredFile;
import java.lang.foreign.MemorySegment;

/** An open file that asks another one; whole writes are made of calls of {@link #write}. */
public class ForwardingFile implements StoredFile {
  private final StoredFile real;

  /** Asks {@code real}. */
  public ForwardingFile(StoredFile real) {
    this.real = real;
  }

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
    real.zeroFill(offset, length);
  }

  @Override
  public void forgetCached() {
    real.forgetCached();
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
    real.sync();
  }

  @Override
  public Mapping map(long length, boolean writable) {
    return real.map(length, writable);
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
