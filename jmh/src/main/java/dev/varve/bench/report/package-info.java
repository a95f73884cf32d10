/**
 * Results as people read them: what a run prints, and its page with charts. Entry types: {@link
 * dev.varve.bench.report.Table}, {@link dev.varve.bench.report.Report}.
 *
 * <p>May import {@code chart}, {@code results}, {@code verdict}, {@code compare}, {@code questions}
 * and {@code systems}; computes nothing but ratios. All that files say is escaped.
 */
@NullMarked
package dev.varve.bench.report;

import org.jspecify.annotations.NullMarked;
