package dev.varve.kit.disk;

import dev.varve.kit.AppendedRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What was asked of a record log and what it acknowledged, and so what it has to hold after a
 * crash.
 *
 * <p>P1: it holds issued[j..k), where j is the beginning or was asked for by a drop, and k is at
 * least everything acknowledged at a level that the crash preserves. P2: a batch is there wholly or
 * not at all. P9: records are where they were. One thread issues one unit after the other.
 */
public final class RecordLogOracle {
  private static final long UNKNOWN = -1;

  private final List<Unit> units;
  private final List<Integer> drops = new ArrayList<>(List.of(0));
  private int returned;
  private int durable;
  private int droppedForSure;

  /** What one append or batch was given, and where it went; the positions may not be known. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Unit(List<byte[]> payloads, long[] positions) {
    static Unit of(List<byte[]> payloads) {
      long[] positions = new long[payloads.size()];
      Arrays.fill(positions, UNKNOWN);
      return new Unit(payloads, positions);
    }

    Unit startingAt(long position) {
      long[] known = positions.clone();
      known[0] = position;
      return new Unit(payloads, known);
    }

    long position() {
      return positions[0];
    }
  }

  /** What a crash preserves. */
  public enum Crash {
    /** Only the process dies: what was returned is there. */
    KILL,
    /** What was acknowledged as durable is there. */
    POWER_LOSS
  }

  /** An empty log. */
  public RecordLogOracle() {
    this(List.of(), 0);
  }

  private RecordLogOracle(List<Unit> kept, int durable) {
    this.units = new ArrayList<>(kept);
    this.returned = kept.size();
    this.durable = durable;
  }

  private RecordLogOracle(RecordLogOracle other) {
    this(other.units, other.durable);
    this.returned = other.returned;
    this.droppedForSure = other.droppedForSure;
    this.drops.clear();
    this.drops.addAll(other.drops);
  }

  /** What is expected of a crash that happens now. */
  public RecordLogOracle copy() {
    return new RecordLogOracle(this);
  }

  /** The payloads are about to be appended as one unit. */
  public void issue(List<byte[]> payloads) {
    units.add(Unit.of(payloads));
  }

  /** The unit that was issued last has been acknowledged, at the position of its first record. */
  public void acknowledged(long position, boolean survivesPowerLoss) {
    units.add(units.removeLast().startingAt(position));
    returned = units.size();
    durable = survivesPowerLoss ? returned : durable;
  }

  /** The unit that was issued last was refused before anything of it was stored. */
  public void refused() {
    Unit ignored = units.removeLast();
  }

  /** A sync of everything that was returned has been acknowledged. */
  public void synced() {
    durable = returned;
  }

  /** The log was closed without a complaint: everything is durable, the last drop included. */
  public void closed() {
    synced();
    droppedForSure = drops.getLast();
  }

  /**
   * The records before {@code position} are about to be dropped, whole units only.
   *
   * @param end the log's end, which drops everything that has returned
   */
  public void drop(long position, long end) {
    int before = 0;
    for (int i = 0; i < returned; i++) {
      before = units.get(i).position() <= position ? i : before;
    }
    drops.add(Math.max(drops.getLast(), position >= end ? returned : before));
  }

  /** Where the unit begins at this percentage of those that are left; -1 when none is left. */
  public long start(int percent) {
    List<Unit> left = units.subList(drops.getLast(), returned);
    return left.isEmpty() ? UNKNOWN : left.get(left.size() * percent / 101).position();
  }

  /** Tells apart what may be found: equal oracles have equal fingerprints. */
  long fingerprint() {
    long hash = Hashes.join(Hashes.join(returned, durable), droppedForSure);
    for (int drop : drops) {
      hash = Hashes.join(hash, drop);
    }
    for (Unit unit : units) {
      hash = Hashes.join(hash, unit.position());
      for (byte[] payload : unit.payloads) {
        hash = Hashes.join(hash, Hashes.of(payload));
      }
    }
    return hash;
  }

  /**
   * Compares what the log holds after a crash with what it has to hold.
   *
   * @return what is known now: the next session's oracle
   * @throws AssertionError that begins with the promise that is broken
   */
  public RecordLogOracle afterCrash(Crash crash, List<AppendedRecord> found) {
    int least = crash == Crash.KILL ? returned : durable;
    AssertionError nearest = null;
    for (int from : drops.reversed()) {
      if (from >= droppedForSure) {
        try {
          return match(from, least, crash, found);
        } catch (AssertionError different) {
          nearest = different;
        }
      }
    }
    throw nearest == null ? new AssertionError("no beginning is possible") : nearest;
  }

  private RecordLogOracle match(int from, int least, Crash crash, List<AppendedRecord> found) {
    List<Unit> kept = new ArrayList<>();
    int index = 0;
    while (index < found.size()) {
      if (from + kept.size() == units.size()) {
        throw broken("P1", "%s was never appended".formatted(found.get(index)), found);
      }
      Unit unit = match(units.get(from + kept.size()), found, index);
      index += unit.payloads.size();
      kept.add(unit);
    }
    boolean allDropped = found.isEmpty() && drops.getLast() >= least;
    if (from + kept.size() < least && !allDropped) {
      String how = "%d of %d acknowledged units are there".formatted(from + kept.size(), least);
      throw broken("P1", how, found);
    }
    return new RecordLogOracle(
        kept, crash == Crash.KILL ? Math.clamp(durable - from, 0, kept.size()) : kept.size());
  }

  private Unit match(Unit unit, List<AppendedRecord> found, int first) {
    long[] positions = new long[unit.positions.length];
    for (int i = 0; i < positions.length; i++) {
      if (first + i == found.size()) {
        throw broken("P2", "a batch is there in part", found);
      }
      AppendedRecord record = found.get(first + i);
      if (!Arrays.equals(unit.payloads.get(i), record.payload())) {
        throw broken("P1", "%s is not what was appended".formatted(record), found);
      }
      long known = unit.positions[i];
      if (known != UNKNOWN && known != record.position()) {
        throw broken("P9", "%s was at %d before".formatted(record, known), found);
      }
      positions[i] = record.position();
    }
    return new Unit(unit.payloads, positions);
  }

  private AssertionError broken(String promise, String how, List<AppendedRecord> found) {
    return new AssertionError(
        "%s: %s; found %s, appended %s, of which %d returned and %d durable, drops %s"
            .formatted(promise, how, found, sizes(), returned, durable, drops));
  }

  private List<List<Integer>> sizes() {
    return units.stream().map(u -> u.payloads.stream().map(p -> p.length).toList()).toList();
  }
}
