package dev.varve.kit;

import java.nio.file.Path;
import java.util.Random;

/** Only the child dies: whatever it has handed to the kernel stays. */
final class KilledProcess implements CrashMedium {
  private final ScratchFolder folder = ScratchFolder.onDisk();
  private final Path logs = folder.folder("log");
  private final Path copy = folder.path().resolve("copy");
  private final Random random;

  KilledProcess(Random random) {
    this.random = random;
  }

  @Override
  public Path begin() {
    return logs;
  }

  @Override
  public void crash(ProcessHandle child) {
    child.destroyForcibly();
  }

  /** The logs themselves, or a copy, so that the next child has to recover them again. */
  @Override
  public Path left() {
    if (random.nextBoolean()) {
      return logs;
    }
    ScratchFolder.remove(copy);
    ScratchFolder.copyAll(logs, copy);
    return copy;
  }

  @Override
  public boolean keepsAcknowledged() {
    return true;
  }

  @Override
  public void close() {
    folder.close();
  }
}
