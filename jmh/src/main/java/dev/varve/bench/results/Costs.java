package dev.varve.bench.results;

import dev.varve.bench.questions.Footprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What a fork took besides time; NaN where it is not known.
 *
 * @param allocatedBytesPerOp bytes that one operation allocated on the Java heap
 * @param gcCount collections while it was measured
 * @param gcMillis how long these took, milliseconds
 * @param disk what the log took on disk
 */
public record Costs(double allocatedBytesPerOp, double gcCount, double gcMillis, Footprint disk) {
  /** Nothing is known. */
  public static final Costs UNKNOWN =
      new Costs(Double.NaN, Double.NaN, Double.NaN, Footprint.UNKNOWN);

  /** What JMH's GC profiler found, beside what the fork said about the disk. */
  public static Costs of(Collection<RunResult> results, Footprint disk) {
    List<Double> allocated = values(results, "gc.alloc.rate.norm");
    List<Double> operations = values(results, Operations.NAME);
    List<Double> counts = values(results, "gc.count");
    return allocated.isEmpty()
        ? new Costs(Double.NaN, Double.NaN, Double.NaN, disk)
        : new Costs(
            Score.total(allocated, operations, "B/op").value(),
            sum(counts),
            // Absent from iterations without a collection.
            sum(values(results, "gc.time")),
            disk);
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static List<Double> values(Collection<RunResult> results, String name) {
    List<Double> values = new ArrayList<>();
    for (RunResult run : results) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          Result<?> result = iteration.getSecondaryResults().get(name);
          if (result != null) {
            values.add(result.getScore());
          }
        }
      }
    }
    return values;
  }
}
