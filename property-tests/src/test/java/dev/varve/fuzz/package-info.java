/**
 * Targets for Jazzer: any bytes, given to each decoder, to a log as its folder and to a chain as
 * its links, are a value or a typed failure (P10), in memory that the bytes bound.
 *
 * <p>One target per class, since a fuzzing JVM serves one. A plain build runs what is committed
 * under {@code src/test/resources} and the seeds of each target; {@code mvn -Pfuzz verify
 * -Dminutes=N} goes on from there.
 */
@NullMarked
package dev.varve.fuzz;

import org.jspecify.annotations.NullMarked;
