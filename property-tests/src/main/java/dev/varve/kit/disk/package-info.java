/**
 * A disk that loses power, and what finds out whether a log minds.
 *
 * <p>{@link dev.varve.kit.disk.SimulatedDisk} stands behind the seam {@code dev.varve.io}. A log
 * that is written against the seam is opened by a {@link dev.varve.kit.disk.LogOnDisk}, and tried
 * by {@link dev.varve.kit.disk.ExhaustiveCrashes} (all small programs) and {@link
 * dev.varve.kit.disk.RandomCrashes} (long ones), which compare it with {@link
 * dev.varve.kit.disk.RecordLogOracle}. A {@link dev.varve.kit.disk.FailedCase} can be replayed.
 *
 * <p>May import: {@code dev.varve.kit}, {@code dev.varve.io}, {@code dev.varve.StorageException},
 * the JDK. Everything runs in memory and from a seed, inside {@link dev.varve.kit.disk.Simulation},
 * one simulation at a time. {@code docs/reliability.md} has the fault model.
 */
@NullMarked
package dev.varve.kit.disk;

import org.jspecify.annotations.NullMarked;
