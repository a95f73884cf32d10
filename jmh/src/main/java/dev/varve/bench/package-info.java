/**
 * The entry point of the benchmarks, {@link dev.varve.bench.Main}, and the comparison it runs:
 * settings, plan, one fork for each row, smoke run; and the command line of {@code ./bench}, {@link
 * dev.varve.bench.Commands}, with a class for each command that is more than a run. It may import
 * every other package here; nothing imports it.
 */
@NullMarked
package dev.varve.bench;

import org.jspecify.annotations.NullMarked;
