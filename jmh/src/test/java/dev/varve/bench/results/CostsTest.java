package dev.varve.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.bench.questions.Footprint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.ScalarResult;

/** What JMH tells of the heap, iteration by iteration, becomes what an operation costs. */
class CostsTest {
  /** The second has no figure for each operation, as JMH leaves it out. */
  @Test
  void anIterationThatAllocatesNothingCounts() {
    Costs costs =
        costs(
            List.of(
                Map.of("gc.alloc.rate", 5, "gc.alloc.rate.norm", 8, "operations", 10),
                Map.of("gc.alloc.rate", 0, "gc.count", 0, "operations", 70),
                Map.of("gc.alloc.rate", 5, "gc.alloc.rate.norm", 4, "operations", 20),
                Map.of("gc.alloc.rate", 0, "gc.count", 2, "gc.time", 3, "operations", 0)));
    assertEquals((8 * 10 + 4 * 20) / 100.0, costs.allocatedBytesPerOp(), 1e-12);
    assertEquals(2, costs.gcCount());
    assertEquals(3, costs.gcMillis());
  }

  @Test
  void withoutTheProfilerNothingIsKnown() {
    Costs costs = costs(List.of(Map.of("operations", 10)));
    assertEquals(Double.NaN, costs.allocatedBytesPerOp());
    assertEquals(Double.NaN, costs.gcCount());
    assertEquals(Double.NaN, costs.gcMillis());
  }

  private static Costs costs(List<Map<String, Integer>> iterations) {
    List<IterationResult> results = iterations.stream().map(CostsTest::result).toList();
    return Costs.of(results, Footprint.UNKNOWN);
  }

  private static IterationResult result(Map<String, Integer> figures) {
    IterationResult result = new IterationResult(null, null, null);
    result.addResult(new AverageTimeResult(ResultRole.PRIMARY, "time", 1, 1, TimeUnit.NANOSECONDS));
    figures.forEach(
        (name, figure) ->
            result.addResult(new ScalarResult(name, figure, "", AggregationPolicy.SUM)));
    return result;
  }
}
