package dev.varve.bench.verdict;

/**
 * How far a count in a simulation may be off by chance. A simulation whose true rate is exactly the
 * stated one exceeds the quantile once in a thousand times; with fixed seeds it never changes.
 */
final class Binomial {
  private Binomial() {}

  /** The smallest count that at least 99.9 % of all simulations stay at or below. */
  static int quantile999(int trials, double rate) {
    double probability = StrictMath.pow(1 - rate, trials);
    double sum = probability;
    int count = 0;
    while (sum < 0.999) {
      probability *= (trials - count) / (count + 1.0) * rate / (1 - rate);
      sum += probability;
      count++;
    }
    return count;
  }
}
