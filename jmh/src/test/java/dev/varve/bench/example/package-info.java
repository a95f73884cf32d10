/** The example of {@code docs/benchmarking.md}: a system of one's own. */
@NullMarked
package dev.varve.bench.example;

import org.jspecify.annotations.NullMarked;
