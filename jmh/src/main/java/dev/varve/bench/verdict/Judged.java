package dev.varve.bench.verdict;

/**
 * A comparison and what it comes to.
 *
 * @param pair what was compared
 * @param detectable the smallest detectable change as a share, 0.05 for 5 %: what would have to be
 *     put on the A/A pair's rounds to be told from chance, whatever its direction; NaN without such
 *     a pair
 * @param ratio geometric mean of the rounds' ratios
 * @param interval all ratios that the test does not reject at the level
 * @param p the two-sided p value of "equally fast", before any correction
 * @param level what p is compared with, after the correction
 * @param verdict what follows
 * @param reason why there is no verdict; empty if there is one
 */
public record Judged(
    Pair pair,
    double detectable,
    double ratio,
    Interval interval,
    double p,
    double level,
    Verdict verdict,
    String reason) {}
