/**
 * The entry point of the benchmarks, {@link dev.varve.bench.Main}. It may import everything;
 * nothing imports it.
 */
@NullMarked
package dev.varve.bench;

import org.jspecify.annotations.NullMarked;
