/**
 * Benchmarks and systems that are wrong on purpose, and the program that runs them, to show that
 * the runner notices.
 */
@NullMarked
package dev.varve.bench.planted;

import org.jspecify.annotations.NullMarked;
