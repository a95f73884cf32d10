/**
 * A machine whose calls fail one at a time, and what finds out whether a log minds.
 *
 * <p>{@link dev.varve.kit.faults.FaultyMachine} stands in front of a simulated disk and makes one
 * call of the seam {@code dev.varve.io} fail, or all from there on. {@link
 * dev.varve.kit.faults.FaultSweep} runs a workload once for each call and {@link
 * dev.varve.kit.faults.Fault}, and compares what comes of it with {@link
 * dev.varve.kit.disk.RecordLogOracle}.
 *
 * <p>May import: {@code dev.varve.kit}, {@code dev.varve.kit.disk}, {@code dev.varve.kit.io},
 * {@code dev.varve.io}, {@code dev.varve.StorageException}, the JDK. Runs inside {@link
 * dev.varve.kit.disk.Simulation}. {@code docs/reliability.md} says what is tried.
 */
@NullMarked
package dev.varve.kit.faults;

import org.jspecify.annotations.NullMarked;
