package dev.varve.kit.io;

import dev.varve.io.Directory;
import dev.varve.io.Io;
import dev.varve.io.MappingKind;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

/** A machine that asks another one. */
public class ForwardingIo implements Io {
  private final Io real;

  /** Asks {@code real}. */
  public ForwardingIo(Io real) {
    this.real = real;
  }

  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    return real.directory(folder, mapping, create);
  }

  @Override
  public String bootId() {
    return real.bootId();
  }

  @Override
  public long nanoTime() {
    return real.nanoTime();
  }

  @Override
  public ThreadFactory threads() {
    return real.threads();
  }

  @Override
  public byte[] newLogId() {
    return real.newLogId();
  }
}
