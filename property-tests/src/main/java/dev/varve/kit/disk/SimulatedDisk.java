package dev.varve.kit.disk;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import dev.varve.io.Io;
import dev.varve.io.MappingKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A machine with one disk, of one folder, that loses power when it is told to, behind the engine's
 * seam to the file system.
 *
 * <p>What is written is in the page cache and may reach the disk at any time; what is synced has.
 * Names are durable apart from the files they name, once the folder is synced. A crash comes
 * <em>before</em> a call that changes something: give a {@link #watch watcher} and take a {@link
 * #crashPoint} at every such call, or let the process die at one with {@link #crashAt}. Either way
 * {@link CrashPoint} tells what may be left, and starts the machine again.
 *
 * <p>Everything that happens is decided by the schedule given here and by the choosers of the crash
 * points: a run is repeated by repeating those. The clock goes on by a microsecond with each look.
 */
public final class SimulatedDisk implements Io {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final long TICK_NANOS = 1_000;
  private static final int LOG_ID_BYTES = 16;

  private final DiskOptions options;
  private final int boot;
  private final Names names;
  private final Turns turns;
  private final Content zeros;
  private final Set<Inode> inodes = new HashSet<>();
  private final DiskLocks locks = new DiskLocks();
  private @Nullable Runnable watcher;
  private @Nullable CrashPoint crash;
  private long quotaBytes;
  private long nanoTime;
  private int nextInode;
  private int calls;
  private int crashAt = NEVER;
  private int failSyncIn = NEVER;

  /** An empty disk. */
  public SimulatedDisk(DiskOptions options, Schedule schedule) {
    this(options, schedule, 0, new Names());
  }

  SimulatedDisk(DiskOptions options, Schedule schedule, int boot, Names names) {
    this.options = options;
    this.boot = boot;
    this.names = names;
    this.turns = new Turns(schedule);
    this.zeros = Content.of(new byte[options.sectorBytes()]);
    this.quotaBytes = options.quotaBytes();
    inodes.addAll(names.present().values());
    for (Inode inode : names.durable().values()) {
      nextInode = Math.max(nextInode, inode.number() + 1);
    }
    for (Names.Change change : names.changes()) {
      nextInode = Math.max(nextInode, change.inode().number() + 1);
    }
  }

  /** Told before each call that changes something, in the thread that calls, and may look only. */
  public synchronized void watch(Runnable told) {
    watcher = told;
  }

  /** What may be left when the machine stops now, or was left where it has. */
  public synchronized CrashPoint crashPoint() {
    CrashPoint stopped = crash;
    if (stopped != null) {
      return stopped;
    }
    inodes.forEach(Inode::notice);
    return new CrashPoint(options, boot, calls, names);
  }

  /** How many calls that change something have been made. */
  public synchronized int calls() {
    return calls;
  }

  /** The process dies before that call, counted from 0; every call fails from then on. */
  public synchronized void crashAt(int call) {
    crashAt = call;
  }

  /** The process dies now. */
  public synchronized void crash() {
    if (crash == null) {
      crash = crashPoint();
      turns.end();
    }
  }

  /** Whether the process has died. */
  public synchronized boolean crashed() {
    return crash != null;
  }

  /**
   * A sync of a file to come fails, once: its pages are lost, stay readable, and every later sync
   * reports success.
   *
   * @param syncs how many succeed before it
   */
  public synchronized void failSync(int syncs) {
    failSyncIn = syncs;
  }

  /** Whether the sync that was asked to fail is still to come. */
  public synchronized boolean syncWillFail() {
    return failSyncIn != NEVER;
  }

  /** From now on the files may have this many bytes together. */
  public synchronized void quota(long bytes) {
    quotaBytes = bytes;
  }

  /** Bytes of all files that have a name or are open. */
  public synchronized long usedBytes() {
    inodes.removeIf(inode -> !inode.inUse() && !names.present().containsValue(inode));
    return inodes.stream().mapToLong(Inode::size).sum();
  }

  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    return new DiskFolder(this, folder.toString());
  }

  /** Changes with each loss of power, and stays when only processes die. */
  @Override
  public String bootId() {
    return "boot-" + boot;
  }

  @Override
  public synchronized long nanoTime() {
    nanoTime += TICK_NANOS;
    return nanoTime;
  }

  @Override
  public ThreadFactory threads() {
    return turns.threads();
  }

  @Override
  public byte[] newLogId() {
    return Arrays.copyOf("simulated".getBytes(StandardCharsets.US_ASCII), LOG_ID_BYTES);
  }

  /** Waits until all threads are at rest and the schedule has chosen the caller. */
  void awaitTurn() {
    turns.awaitTurn();
  }

  /** A call that changes something: waits for its turn, and is where the machine may stop. */
  <T> T change(Supplier<T> effect) {
    turns.awaitTurn();
    synchronized (this) {
      if (calls == crashAt) {
        crash();
      }
      refuseAfterCrash();
      Runnable told = watcher;
      if (told != null) {
        told.run();
      }
      calls++;
      return effect.get();
    }
  }

  /** A call that only looks. */
  synchronized <T> T look(Supplier<T> answer) {
    refuseAfterCrash();
    return answer.get();
  }

  private void refuseAfterCrash() {
    if (crash != null) {
      throw new PowerLost(calls);
    }
  }

  Names names() {
    return names;
  }

  DiskLocks locks() {
    return locks;
  }

  DiskOptions options() {
    return options;
  }

  Inode newInode() {
    Inode inode = new Inode(nextInode++, options.sectorBytes(), zeros);
    inodes.add(inode);
    return inode;
  }

  void refuseAboveQuota(Inode inode, long size) {
    if (size > inode.size() && usedBytes() + size - inode.size() > quotaBytes) {
      throw new StorageException.Full("no space left on the simulated disk", null);
    }
  }

  /** Whether the sync that is being made is the one that was asked to fail. */
  boolean syncFails() {
    boolean fails = failSyncIn == 0;
    failSyncIn = fails ? NEVER : failSyncIn == NEVER ? NEVER : failSyncIn - 1;
    return fails;
  }
}
