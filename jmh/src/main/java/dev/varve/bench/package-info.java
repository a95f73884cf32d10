/**
 * The entry point of the benchmarks, {@link dev.varve.bench.Main}, and the comparison it runs:
 * settings, plan, one fork for each row, smoke run. It may import {@code questions}, {@code
 * report}, {@code systems}, {@code verdict} and {@code doctor}; nothing imports it.
 */
@NullMarked
package dev.varve.bench;

import org.jspecify.annotations.NullMarked;
