package dev.varve.kit.disk;

import dev.varve.io.Directory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Locks on the files of a disk; they end with the process, so that a new disk has none. */
final class DiskLocks {
  private static final int EXCLUSIVE = -1;

  /** How many share each lock. */
  private final Map<String, Integer> holders = new HashMap<>();

  synchronized Directory.@Nullable Lock tryLock(String name, boolean shared) {
    int held = holders.getOrDefault(name, 0);
    if (held == EXCLUSIVE || (held > 0 && !shared)) {
      return null;
    }
    holders.put(name, shared ? held + 1 : EXCLUSIVE);
    return new Held(name);
  }

  private synchronized void release(String name) {
    int held = holders.getOrDefault(name, 0);
    holders.put(name, held == EXCLUSIVE ? 0 : held - 1);
  }

  private final class Held implements Directory.Lock {
    private final String name;
    private boolean closed;

    Held(String name) {
      this.name = name;
    }

    @Override
    public void announce() {}

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        release(name);
      }
    }
  }
}
