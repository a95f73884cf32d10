package dev.varve.bench.results;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Has JMH tell how many operations an iteration had, of all threads together. An average over
 * iterations needs it: one in which the disk had everybody wait has few.
 */
public final class Operations implements InternalProfiler {
  /** The name in JMH's results. */
  static final String NAME = "operations";

  /** How many an iteration had. */
  static double of(IterationResult iteration) {
    return Objects.requireNonNull(iteration.getSecondaryResults().get(NAME), NAME).getScore();
  }

  @Override
  public String getDescription() {
    return "how many operations an iteration had";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // They are counted anyway.
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double operations = result.getMetadata().getMeasuredOps();
    return List.of(new ScalarResult(NAME, operations, "ops", AggregationPolicy.SUM));
  }
}
