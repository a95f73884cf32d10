package dev.varve.bench.results;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a result folder that is not what it should be. */
public final class BrokenResult extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * A broken file.
   *
   * @param line from 1 on; 0 where it is the file as a whole
   */
  public BrokenResult(Path file, int line, String reason) {
    super(line == 0 ? file + ": " + reason : file + ", line " + line + ": " + reason);
  }
}
