package dev.varve.kit.faults;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import dev.varve.io.MappingKind;
import dev.varve.kit.disk.SimulatedDisk;
import dev.varve.kit.io.ForwardingIo;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A simulated disk in front of which one call fails, or all from one on, until it is healed. Counts
 * what is open, so that a leak is seen.
 */
public final class FaultyMachine extends ForwardingIo {
  private static final UnbackedMemory UNBACKED = new UnbackedMemory(1 << 20);

  private final SimulatedDisk disk;
  private final Fault fault;
  private final List<String> open = new ArrayList<>();
  private int calls;
  private boolean healed;
  private String place = "";
  private final Set<Thread> interrupted = new HashSet<>();

  /** The disk, whose calls fail as {@code fault} says. */
  public FaultyMachine(SimulatedDisk disk, Fault fault) {
    super(disk);
    this.disk = disk;
    this.fault = fault;
  }

  /** The call that failed first; empty as long as none has. */
  public synchronized String place() {
    return place;
  }

  /** From now on no call fails. */
  public synchronized void heal() {
    healed = true;
  }

  /** Whether calls may still fail. */
  public synchronized boolean mayFail() {
    return !healed && (place.isEmpty() || fault.lasting());
  }

  /** The files, mappings and locks that have not been closed. */
  public synchronized List<String> open() {
    return List.copyOf(open);
  }

  /** Whether the calling thread was interrupted by a call since this was asked last. */
  public synchronized boolean interruptedCaller() {
    return interrupted.remove(Thread.currentThread());
  }

  synchronized void opened(String thing) {
    open.add(thing);
  }

  synchronized void closed(String thing) {
    boolean ignored = open.remove(thing);
  }

  /** Whether this call is to fail: one of those that can fail in the fault's way. */
  synchronized boolean fails(Set<Fault.Kind> possible, String call, String name) {
    if (healed || !possible.contains(fault.kind())) {
      return false;
    }
    int number = calls++;
    boolean now = fault.lasting() ? number >= fault.call() : number == fault.call();
    if (now && place.isEmpty()) {
      place = call + " " + name;
    }
    return now;
  }

  /** Makes a call that fails without an effect. */
  <T> T call(Set<Fault.Kind> possible, String call, String name, Supplier<T> real) {
    if (fails(possible, call, name)) {
      if (fault.kind() != Fault.Kind.INTERRUPT) {
        throw failure(call, name);
      }
      interrupt();
    }
    return uninterrupted(real);
  }

  /** Makes a call of which half is done when it fails, or when it stops short. */
  <T> T call(
      Set<Fault.Kind> possible, String call, String name, Supplier<T> real, Supplier<T> half) {
    if (!fails(possible, call, name)) {
      return uninterrupted(real);
    }
    if (fault.kind() == Fault.Kind.INTERRUPT) {
      interrupt();
      return uninterrupted(real);
    }
    T done = uninterrupted(half);
    if (fault.kind() == Fault.Kind.SHORT_TRANSFER) {
      return done;
    }
    throw failure(call, name);
  }

  private synchronized void interrupt() {
    boolean ignored = interrupted.add(Thread.currentThread());
    Thread.currentThread().interrupt();
  }

  /** The disk's threads take turns by parking, which an interrupt would turn into spinning. */
  private static <T> T uninterrupted(Supplier<T> real) {
    boolean pending = Thread.interrupted();
    try {
      return real.get();
    } finally {
      if (pending) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private StorageException failure(String call, String name) {
    String what = "cannot " + call + " " + name + ": ";
    return fault.kind() == Fault.Kind.ENOSPC
        ? new StorageException.Full(what + "no space left on device", null)
        : new StorageException.Unavailable(what + "input/output error");
  }

  /** A sync that loses the pages that it was to make durable, as one that fails does. */
  void losePages(Runnable sync) {
    disk.failSync(0);
    try {
      sync.run();
    } catch (StorageException.Unavailable lost) {
      return;
    }
  }

  MemorySegment unbacked(MemorySegment like) {
    return UNBACKED.like(like);
  }

  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    return new FaultyDirectory(this, super.directory(folder, mapping, create));
  }
}
