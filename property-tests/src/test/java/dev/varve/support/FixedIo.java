package dev.varve.support;

import dev.varve.io.Directory;
import dev.varve.io.Io;
import dev.varve.io.LocalIo;
import dev.varve.io.MappingKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;

/**
 * The machine, except that it says which boot this is and which identity new logs get: the same
 * appends then give the same bytes, and another boot is one constructor away.
 */
public final class FixedIo implements Io {
  private final String bootId;
  private final byte[] logId;

  private FixedIo(String bootId, byte[] logId) {
    this.bootId = bootId;
    this.logId = logId;
  }

  /** A machine in the named boot whose new logs get the named identity. */
  public static FixedIo of(String bootId, String logName) {
    return new FixedIo(bootId, Arrays.copyOf(logName.getBytes(StandardCharsets.US_ASCII), 16));
  }

  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    return LocalIo.best().directory(folder, mapping, create);
  }

  @Override
  public String bootId() {
    return bootId;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public ThreadFactory threads() {
    return LocalIo.best().threads();
  }

  @Override
  public byte[] newLogId() {
    return logId.clone();
  }
}
