package dev.varve.damage;

import dev.varve.io.Directory;
import dev.varve.io.Io;
import dev.varve.io.MappingKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;

/** A machine whose new logs have another identity than those of its disk. */
record ForeignIo(Io machine) implements Io {
  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    return machine.directory(folder, mapping, create);
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

  @Override
  public byte[] newLogId() {
    byte[] id = new byte[16];
    Arrays.fill(id, (byte) 7);
    return id;
  }
}
