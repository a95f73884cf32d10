package dev.varve.kit.faults;

import dev.varve.io.Mapping;
import dev.varve.io.StoredFile;
import dev.varve.kit.io.ForwardingFile;
import dev.varve.kit.io.ForwardingMapping;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** An open file of a faulty machine. */
final class FaultyFile extends ForwardingFile {
  private static final Set<Fault.Kind> READ =
      EnumSet.of(Fault.Kind.EIO, Fault.Kind.SHORT_TRANSFER, Fault.Kind.INTERRUPT);
  private static final Set<Fault.Kind> WRITE =
      EnumSet.of(
          Fault.Kind.EIO, Fault.Kind.ENOSPC, Fault.Kind.SHORT_TRANSFER, Fault.Kind.INTERRUPT);
  private static final Set<Fault.Kind> MAPPED = EnumSet.of(Fault.Kind.UNBACKED_PAGES);

  private final FaultyMachine machine;
  private final String thing;
  private boolean closed;

  FaultyFile(FaultyMachine machine, StoredFile real) {
    super(real);
    this.machine = machine;
    this.thing = "file " + real.name();
    machine.opened(thing);
  }

  private void run(String call, Runnable whole, Runnable half) {
    boolean ignored = machine.call(FaultyDirectory.GROWING, call, name(), made(whole), made(half));
  }

  private static Supplier<Boolean> made(Runnable effect) {
    return () -> {
      effect.run();
      return true;
    };
  }

  @Override
  public long size() {
    return machine.call(FaultyDirectory.PLAIN, "ask for the size of", name(), super::size);
  }

  @Override
  public void allocate(long size) {
    run("allocate", () -> super.allocate(size), () -> super.allocate(size / 2));
  }

  @Override
  public void zeroFill(long offset, long length) {
    run(
        "zero",
        () -> super.zeroFill(offset, length),
        () -> super.zeroFill(offset, Math.max(1, length / 2)));
  }

  @Override
  public int read(long offset, MemorySegment target) {
    return machine.call(
        READ,
        "read",
        name(),
        () -> super.read(offset, target),
        () -> super.read(offset, half(target)));
  }

  @Override
  public int write(long offset, MemorySegment source) {
    return machine.call(
        WRITE,
        "write",
        name(),
        () -> super.write(offset, source),
        () -> super.write(offset, half(source)));
  }

  private static MemorySegment half(MemorySegment whole) {
    return whole.asSlice(0, Math.max(1, whole.byteSize() / 2));
  }

  @Override
  public void sync() {
    run("sync", super::sync, () -> machine.losePages(super::sync));
  }

  @Override
  public Mapping map(long length, boolean writable) {
    return new FaultyMapping(
        machine.call(FaultyDirectory.PLAIN, "map", name(), () -> super.map(length, writable)));
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      machine.closed(thing);
      super.close();
    }
  }

  private final class FaultyMapping extends ForwardingMapping {
    private final String mapped = "mapping of " + name();

    FaultyMapping(Mapping mapping) {
      super(mapping);
      machine.opened(mapped);
    }

    @Override
    public MemorySegment memory() {
      MemorySegment memory = super.memory();
      return machine.fails(MAPPED, "map", name()) ? machine.unbacked(memory) : memory;
    }

    @Override
    public void force(long offset, long length) {
      Runnable force = () -> super.force(offset, length);
      run("sync", force, () -> machine.losePages(force));
    }

    @Override
    public void populate() {
      if (machine.fails(MAPPED, "populate", name())) {
        machine.unbacked(super.memory()).fill((byte) 0);
      }
      super.populate();
    }

    @Override
    public void close() {
      machine.closed(mapped);
      super.close();
    }
  }
}
