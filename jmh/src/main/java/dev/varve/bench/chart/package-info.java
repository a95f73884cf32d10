/**
 * Charts as SVG: horizontal bars, lines, a forest plot, distances. They need no script, follow the
 * reader's colour scheme and are as wide as a phone. Entry types: {@link
 * dev.varve.bench.chart.Bars}, {@link dev.varve.bench.chart.Lines}, {@link
 * dev.varve.bench.chart.Forest}, {@link dev.varve.bench.chart.Distances}.
 *
 * <p>May import the JDK only. Every text is escaped. Its tests hold golden copies.
 */
@NullMarked
package dev.varve.bench.chart;

import org.jspecify.annotations.NullMarked;
