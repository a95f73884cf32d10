package dev.varve.bench.verdict;

import java.util.Random;
import java.util.stream.IntStream;

/** Where a simulated score lies around the truth. */
interface Noise {
  /** The logarithm of a score, zero being the truth. */
  double log(Random random);

  /** That of the geometric mean of so many. */
  default Noise mean(int number) {
    return random ->
        IntStream.range(0, number).mapToDouble(_ -> log(random)).average().orElseThrow();
  }
}
