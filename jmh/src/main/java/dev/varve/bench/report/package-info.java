/**
 * Results as people read them. Entry type: {@link dev.varve.bench.report.Table}.
 *
 * <p>May import {@code results}, {@code verdict}, {@code questions} and {@code systems}; computes
 * nothing but ratios.
 */
@NullMarked
package dev.varve.bench.report;

import org.jspecify.annotations.NullMarked;
