package dev.varve.bench.questions;

import dev.varve.bench.systems.Fit;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.LogSystem;
import dev.varve.bench.systems.Workload;
import java.util.Optional;

/**
 * Somebody who takes part in a case.
 *
 * @param name value of the parameter {@code system}; a system that is entered twice has another one
 *     the second time
 * @param kind the role
 * @param batches whether it groups single records into larger units of its own
 * @param note what a reader of its row has to know; may be empty
 * @param quick whether runs that have room for a few peers have it: quick and verdict
 */
public record Contestant(String name, Kind kind, boolean batches, String note, boolean quick) {
  private static final String AGAIN = "-again";
  private static final String SLOWED = "-slowed";

  /** A contestant that every run has. */
  public Contestant(String name, Kind kind, boolean batches, String note) {
    this(name, kind, batches, note, true);
  }

  /** A contestant that is no log system, such as a codec. */
  public static Contestant of(String name, Kind kind) {
    return new Contestant(name, kind, false, "");
  }

  /** A system, if it fits the workload. */
  public static Optional<Contestant> of(LogSystem system, Workload workload) {
    return system.fit(workload) instanceof Fit.Yes yes
        ? Optional.of(
            new Contestant(system.name(), system.kind(), yes.batches(), yes.note(), system.quick()))
        : Optional.empty();
  }

  /** Whether it is there to test the rig: entered again, or slowed down on purpose. */
  public boolean control() {
    return name.endsWith(AGAIN) || name.endsWith(SLOWED);
  }

  /** The same system, entered a second time under another name. */
  public Contestant again() {
    return new Contestant(name + AGAIN, kind, batches, note, quick);
  }
}
