package dev.varve.kit.disk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk at one moment: what is certain to be on it, what may be, and what the page cache holds.
 * Immutable, so that every way of losing power can be tried from the same moment.
 */
public final class CrashPoint {
  private final DiskOptions options;
  private final int boot;
  private final int call;
  private final Map<Integer, Inode.State> inodes = new HashMap<>();
  private final Map<String, Integer> present = new TreeMap<>();
  private final Map<String, Integer> durable = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();

  private record Change(@Nullable String removed, @Nullable String added, int inode) {}

  CrashPoint(DiskOptions options, int boot, int call, Names names) {
    this.options = options;
    this.boot = boot;
    this.call = call;
    names.present().forEach((name, inode) -> present.put(name, look(inode)));
    names.durable().forEach((name, inode) -> durable.put(name, look(inode)));
    for (Names.Change change : names.changes()) {
      changes.add(new Change(change.removed(), change.added(), look(change.inode())));
    }
  }

  private int look(Inode inode) {
    inodes.put(inode.number(), inode.state());
    return inode.number();
  }

  /** How many calls the disk had served; the crash is before the next one. */
  public int call() {
    return call;
  }

  /**
   * Whether a crash here leaves anything else than one at the other point: false where nothing
   * changed in between.
   */
  public boolean sameAs(CrashPoint other) {
    return boot == other.boot
        && inodes.equals(other.inodes)
        && present.equals(other.present)
        && durable.equals(other.durable)
        && changes.equals(other.changes);
  }

  /** Sectors, sizes and changes of names that may or may not be there after a loss of power. */
  public int uncertain() {
    int count = changes.size();
    for (Inode.State inode : inodes.values()) {
      count += inode.sizes().length - 1;
      for (Sector sector : inode.sectors()) {
        count += sector.candidates().size() > 1 ? 1 : 0;
      }
    }
    return count;
  }

  /**
   * What the disk holds after a loss of power: any content since the durable one for each sector,
   * any size since the durable one, and any of the changes of names, in their order for each file.
   */
  public DiskImage powerLoss(Chooser chooser) {
    Outcome outcome = new Outcome(chooser);
    Map<String, Integer> kept = outcome.names();
    Map<Integer, Inode.State> settled = new HashMap<>();
    Map<String, Inode.State> files = new TreeMap<>();
    kept.forEach(
        (name, number) ->
            files.put(
                name, settled.computeIfAbsent(number, missing -> outcome.inode(known(missing)))));
    return new DiskImage(files, outcome.lossy, options, boot + 1);
  }

  private Inode.State known(int number) {
    Inode.State state = inodes.get(number);
    if (state == null) {
      throw new AssertionError("no inode has the number " + number);
    }
    return state;
  }

  /** The same machine after its processes died: the page cache and the boot are what they were. */
  public SimulatedDisk kill(Schedule schedule) {
    Map<Integer, Inode> copies = new HashMap<>();
    inodes.forEach((number, state) -> copies.put(number, new Inode(state)));
    List<Names.Change> pending = new ArrayList<>();
    for (Change change : changes) {
      pending.add(new Names.Change(change.removed, change.added, copy(copies, change.inode)));
    }
    Names names = new Names(copy(copies, present), copy(copies, durable), pending);
    return new SimulatedDisk(options, schedule, boot, names);
  }

  private static Inode copy(Map<Integer, Inode> copies, int number) {
    Inode inode = copies.get(number);
    if (inode == null) {
      throw new AssertionError("no inode has the number " + number);
    }
    return inode;
  }

  private static Map<String, Inode> copy(Map<Integer, Inode> copies, Map<String, Integer> names) {
    Map<String, Inode> copied = new TreeMap<>();
    names.forEach((name, number) -> copied.put(name, copy(copies, number)));
    return copied;
  }

  /** One loss of power. */
  private final class Outcome {
    private final Chooser chooser;
    private boolean lossy;

    Outcome(Chooser chooser) {
      this.chooser = chooser;
    }

    private int choose(int count) {
      int choice = count == 1 ? 0 : chooser.choose(count);
      lossy |= choice < count - 1;
      return choice;
    }

    /** Of the changes of one inode a front is kept: it cannot lose a name that it never got. */
    Map<String, Integer> names() {
      Map<Integer, Integer> total = new TreeMap<>();
      changes.forEach(change -> total.merge(change.inode, 1, Integer::sum));
      Map<Integer, Integer> left = new HashMap<>();
      total.forEach((inode, count) -> left.put(inode, choose(count + 1)));
      Map<String, Integer> names = new TreeMap<>(durable);
      for (Change change : changes) {
        if (left.merge(change.inode, -1, Integer::sum) >= 0) {
          if (change.removed != null) {
            names.remove(change.removed, change.inode);
          }
          if (change.added != null) {
            names.put(change.added, change.inode);
          }
        }
      }
      return names;
    }

    Inode.State inode(Inode.State state) {
      long size = state.sizes()[choose(state.sizes().length)];
      int count = (int) ((size + state.sectorBytes() - 1) / state.sectorBytes());
      Sector[] sectors = new Sector[count];
      for (int i = 0; i < count; i++) {
        sectors[i] = Sector.durable(content(state.sectors()[i]));
      }
      return new Inode.State(
          state.number(), state.sectorBytes(), state.zeros(), new long[] {size}, sectors);
    }

    private Content content(Sector sector) {
      List<Content> candidates = sector.candidates();
      if (candidates.size() > 1) {
        int torn = chooser.chooseTorn(Sector.tornContents(candidates.size()));
        if (torn >= 0) {
          lossy = true;
          return Sector.torn(candidates, torn);
        }
      }
      return candidates.get(choose(candidates.size()));
    }
  }
}
