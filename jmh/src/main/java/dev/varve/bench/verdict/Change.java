package dev.varve.bench.verdict;

/**
 * What became of ours beside its reference from one run to another.
 *
 * @param pair what was compared
 * @param before geometric mean of the first run's ratios
 * @param after geometric mean of the second run's ratios
 * @param interval all quotients of both that the test does not reject at the level; NaN where there
 *     is no test
 * @param p the two-sided p value of "nothing changed", before any correction
 * @param level what p is compared with, after the correction
 * @param verdict whether ours became faster or slower
 * @param reason why there is no verdict; empty if there is one
 */
public record Change(
    RunPair pair,
    double before,
    double after,
    Interval interval,
    double p,
    double level,
    Verdict verdict,
    String reason) {

  /** How many times as fast as before ours is, by the reference. */
  public double ratio() {
    return after / before;
  }
}
