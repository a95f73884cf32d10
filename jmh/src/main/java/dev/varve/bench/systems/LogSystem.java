package dev.varve.bench.systems;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A system that takes part in the benchmarks. Implement this and {@link LogSession}, name the class
 * in {@code META-INF/services/dev.varve.bench.systems.LogSystem}, put it on the class path; {@code
 * docs/benchmarking.md} has a whole example. Instances are cheap and load nothing: that is for
 * {@link #open}.
 */
public interface LogSystem {
  /** A short name in lower case that is used on the command line and in results. */
  String name();

  /** The role in the comparison. */
  default Kind kind() {
    return Kind.PEER;
  }

  /** Whether quick and verdict runs have it, which have room for a few peers only. */
  default boolean quick() {
    return true;
  }

  /** Whether this system takes part in a workload, and under which conditions. */
  Fit fit(Workload workload);

  /**
   * Opens the log in an existing folder: an empty one, or one that an earlier session for an equal
   * workload left behind, closed or killed.
   */
  LogSession open(Path folder, Workload workload) throws IOException;
}
