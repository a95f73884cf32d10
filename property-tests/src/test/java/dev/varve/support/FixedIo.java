package dev.varve.support;

import dev.varve.io.Io;
import dev.varve.io.LocalIo;
import dev.varve.kit.io.ForwardingIo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A machine that is told which boot this is and which identity new logs get: the same appends then
 * give the same bytes, and another boot is one constructor away.
 */
public final class FixedIo extends ForwardingIo {
  private final String bootId;
  private final byte[] logId;

  private FixedIo(Io machine, String bootId, byte[] logId) {
    super(machine);
    this.bootId = bootId;
    this.logId = logId;
  }

  /** The local machine in the named boot; its new logs get the named identity. */
  public static FixedIo of(String bootId, String logName) {
    return of(LocalIo.best(), bootId, logName);
  }

  /** A machine in the named boot; its new logs get the named identity. */
  public static FixedIo of(Io machine, String bootId, String logName) {
    byte[] logId = Arrays.copyOf(logName.getBytes(StandardCharsets.US_ASCII), 16);
    return new FixedIo(machine, bootId, logId);
  }

  @Override
  public String bootId() {
    return bootId;
  }

  @Override
  public byte[] newLogId() {
    return logId.clone();
  }
}
