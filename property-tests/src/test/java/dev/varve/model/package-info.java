/**
 * Properties of the segment log: random histories against a model in memory, and random damage.
 *
 * <p>Tiny blocks, so that every boundary is a few records away; folders in memory, because nothing
 * here claims to survive a loss of power. Each property has a fixed seed, printed with its result.
 */
@NullMarked
package dev.varve.model;

import org.jspecify.annotations.NullMarked;
