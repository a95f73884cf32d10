package dev.varve.bench.results;

import dev.varve.bench.questions.Footprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  /**
   * What JMH's GC profiler found, beside what the fork said about the disk. An iteration that
   * allocated nothing has a rate of zero and no figure for each operation.
   */
  public static Costs of(Collection<RunResult> results, Footprint disk) {
    return of(
        results.stream()
            .flatMap(run -> run.getBenchmarkResults().stream())
            .flatMap(fork -> fork.getIterationResults().stream())
            .toList(),
        disk);
  }

  static Costs of(List<IterationResult> iterations, Footprint disk) {
    List<Double> allocated = new ArrayList<>();
    List<Double> operations = new ArrayList<>();
    for (IterationResult iteration : iterations) {
      if (iteration.getSecondaryResults().containsKey("gc.alloc.rate")) {
        Result<?> each = iteration.getSecondaryResults().get("gc.alloc.rate.norm");
        allocated.add(each == null ? 0 : each.getScore());
        operations.add(Operations.of(iteration));
      }
    }
    return allocated.isEmpty()
        ? new Costs(Double.NaN, Double.NaN, Double.NaN, disk)
        : new Costs(
            Score.total(allocated, operations, "B/op").value(),
            sum(iterations, "gc.count"),
            // Absent from iterations without a collection.
            sum(iterations, "gc.time"),
            disk);
  }

  private static double sum(List<IterationResult> iterations, String name) {
    double sum = 0;
    for (IterationResult iteration : iterations) {
      Result<?> figure = iteration.getSecondaryResults().get(name);
      sum += figure == null ? 0 : figure.getScore();
    }
    return sum;
  }
}
