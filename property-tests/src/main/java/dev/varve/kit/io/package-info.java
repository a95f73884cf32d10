/**
 * The seam {@code dev.varve.io} with nothing changed: each class forwards every call to another of
 * its kind, and is extended by one that does one call differently.
 *
 * <p>May import: {@code dev.varve.io}, the JDK. As safe for threads as what stands behind it.
 */
@NullMarked
package dev.varve.kit.io;

import org.jspecify.annotations.NullMarked;
