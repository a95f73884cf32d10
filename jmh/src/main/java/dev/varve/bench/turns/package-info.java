/**
 * Lets forks that are compared take turns, an iteration each, so that what the machine does to one
 * it does to all: {@link dev.varve.bench.turns.Turns} in the process that started them, {@link
 * dev.varve.bench.turns.TurnProfiler} in each of them.
 *
 * <p>May import JMH and the JDK. It knows nothing of questions and results.
 */
@NullMarked
package dev.varve.bench.turns;

import org.jspecify.annotations.NullMarked;
