/**
 * How the segment log behaves where its surroundings do not: foreign folders and positions, a
 * second writer, readers in other processes, interrupts, a full disk, closing under readers, and
 * what it allocates.
 */
@NullMarked
package dev.varve.behaviour;

import org.jspecify.annotations.NullMarked;
