/**
 * Whether concurrent writers and readers of a stream agree on one order of its events.
 *
 * <p>{@link dev.varve.kit.history.ConcurrentRun} lets threads loose on a medium and answers the
 * {@link dev.varve.kit.history.StreamHistory}; {@link dev.varve.kit.history.HistoryRecorder} writes
 * one down for actors of your own. {@link dev.varve.kit.history.StreamHistory#assertLinearizable}
 * looks for an order that explains every answer, by the search of Wing and Gong. A failure begins
 * with the promise that is broken: P6 an event is there twice, P7 there is no such order, P9 an end
 * went back.
 *
 * <p>That an append is {@code Unknown} only where nothing can be known is not asked here: look at
 * {@link dev.varve.kit.history.StreamHistory#unknown()} and at the faults you made.
 *
 * <p>May import: the engine's {@code dev.varve}, {@code driver} and {@code codec}, the kit's parent
 * package and {@code dev.varve.kit.stream}, and the JDK.
 */
@NullMarked
package dev.varve.kit.history;

import org.jspecify.annotations.NullMarked;
