/**
 * What a run leaves behind: rows with intervals, ratios, the summary, the environment, the folder
 * they are written to. Entry types: {@link dev.varve.bench.report.Row}, {@link
 * dev.varve.bench.report.Comparison}, {@link dev.varve.bench.report.RunFolder}.
 *
 * <p>May import {@code systems}, {@code questions} and JMH's result types. Owns the format of
 * {@code summary.csv} and {@code environment.json}; its tests hold golden copies.
 */
@NullMarked
package dev.varve.bench.report;

import org.jspecify.annotations.NullMarked;
