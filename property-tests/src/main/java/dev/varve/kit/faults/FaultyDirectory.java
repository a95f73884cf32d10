package dev.varve.kit.faults;

import dev.varve.io.Directory;
import dev.varve.io.StoredFile;
import dev.varve.kit.io.ForwardingDirectory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The folder of a faulty machine. */
final class FaultyDirectory extends ForwardingDirectory {
  /** What a call that needs no blocks can meet. */
  static final Set<Fault.Kind> PLAIN = EnumSet.of(Fault.Kind.EIO, Fault.Kind.INTERRUPT);

  /** What a call that may need blocks can meet. */
  static final Set<Fault.Kind> GROWING =
      EnumSet.of(Fault.Kind.EIO, Fault.Kind.ENOSPC, Fault.Kind.INTERRUPT);

  private final FaultyMachine machine;

  FaultyDirectory(FaultyMachine machine, Directory real) {
    super(real);
    this.machine = machine;
  }

  private void run(Set<Fault.Kind> possible, String call, String name, Runnable effect) {
    Supplier<Boolean> made =
        () -> {
          effect.run();
          return true;
        };
    boolean ignored = machine.call(possible, call, name, made);
  }

  @Override
  public List<String> list() {
    return machine.call(PLAIN, "list", path(), super::list);
  }

  @Override
  public StoredFile create(String name) {
    return new FaultyFile(machine, machine.call(GROWING, "create", name, () -> super.create(name)));
  }

  @Override
  public @Nullable StoredFile open(String name, boolean writable) {
    List<StoredFile> opened =
        machine.call(PLAIN, "open", name, () -> listed(super.open(name, writable)));
    return opened.isEmpty() ? null : new FaultyFile(machine, opened.getFirst());
  }

  private static <T> List<T> listed(@Nullable T there) {
    return there == null ? List.of() : List.of(there);
  }

  @Override
  public void rename(String from, String to) {
    run(GROWING, "rename", from, () -> super.rename(from, to));
  }

  @Override
  public void unlink(String name) {
    run(PLAIN, "unlink", name, () -> super.unlink(name));
  }

  @Override
  public void sync() {
    run(GROWING, "sync the folder", path(), super::sync);
  }

  @Override
  public @Nullable Lock tryLock(String name, boolean shared) {
    List<Lock> taken =
        machine.call(GROWING, "lock", name, () -> listed(super.tryLock(name, shared)));
    return taken.isEmpty() ? null : new FaultyLock(name, taken.getFirst());
  }

  @Override
  public String lockHolder(String name) {
    return machine.call(PLAIN, "read the holder of", name, () -> super.lockHolder(name));
  }

  private final class FaultyLock implements Lock {
    private final String thing;
    private final String name;
    private final Lock held;

    FaultyLock(String name, Lock held) {
      this.name = name;
      this.thing = "lock " + name;
      this.held = held;
      machine.opened(thing);
    }

    @Override
    public void announce() {
      run(GROWING, "announce the holder of", name, held::announce);
    }

    @Override
    public void close() {
      machine.closed(thing);
      held.close();
    }
  }
}
