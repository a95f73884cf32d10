/**
 * What two runs say about each other, and revisions side by side to make them. Entry types: {@link
 * dev.varve.bench.compare.TwoFolders}, {@link dev.varve.bench.compare.Reproduction}, {@link
 * dev.varve.bench.compare.Checkouts}.
 *
 * <p>May import {@code results}, {@code verdict}, {@code questions} and {@code systems}. Judges
 * nothing itself: tests and words are those of {@code verdict}.
 */
@NullMarked
package dev.varve.bench.compare;

import org.jspecify.annotations.NullMarked;
