/**
 * What two runs, or two revisions, say about each other. Entry types: {@link
 * dev.varve.bench.compare.TwoFolders}.
 *
 * <p>May import {@code results}, {@code verdict}, {@code questions} and {@code systems}. Judges
 * nothing itself: tests and words are those of {@code verdict}.
 */
@NullMarked
package dev.varve.bench.compare;

import org.jspecify.annotations.NullMarked;
