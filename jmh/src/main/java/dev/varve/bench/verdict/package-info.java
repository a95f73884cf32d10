/**
 * What may be concluded from rounds: ratios of each round, an exact test by flipping signs, Holm's
 * correction over all comparisons of a run, and the words faster, slower and cannot tell. Entry
 * types: {@link dev.varve.bench.verdict.Rounds}, {@link dev.varve.bench.verdict.Family}.
 *
 * <p>May import {@code results}, {@code questions} and {@code systems}; knows nothing of JMH and
 * measures nothing. All results follow from the scores alone. Owns the format of {@code
 * verdicts.csv}. The reasons are in {@code docs/method.md}, the tests beside it simulate runs.
 */
@NullMarked
package dev.varve.bench.verdict;

import org.jspecify.annotations.NullMarked;
