/**
 * A disk that loses power, and what finds out whether a log minds.
 *
 * <p>May import: {@code dev.varve.kit}, the engine's seam {@code dev.varve.io}, {@code
 * dev.varve.StorageException}, the JDK. Everything runs in memory, on virtual threads, from a seed.
 */
@NullMarked
package dev.varve.kit.disk;

import org.jspecify.annotations.NullMarked;
