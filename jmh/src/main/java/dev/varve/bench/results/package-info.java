/**
 * What a run leaves behind, to write and to read: rows with intervals, forks with their costs, the
 * environment, the folder that they lie in. Entry types: {@link dev.varve.bench.results.RunFolder},
 * {@link dev.varve.bench.results.Fork}, {@link dev.varve.bench.results.Row}, {@link
 * dev.varve.bench.results.Comparison}.
 *
 * <p>May import {@code systems}, {@code questions} and JMH's result types. Owns the formats of
 * {@code summary.csv}, {@code rounds.csv}, {@code costs.csv} and {@code environment.json}; its
 * tests hold golden copies.
 */
@NullMarked
package dev.varve.bench.results;

import org.jspecify.annotations.NullMarked;
