/**
 * The systems that are compared. Entry type: {@link dev.varve.bench.systems.LogSystem}, found by
 * {@link java.util.ServiceLoader}; one session serves one workload in one folder.
 *
 * <p>May import the engine, the peers and the JDK; nothing else of the benchmarks. A session is
 * used by one thread unless its {@link dev.varve.bench.systems.Workload} says otherwise. {@code
 * Limit*} are the hand-written loops in the format of {@code docs/formats/segment-log.md}.
 *
 * <p>Tests: {@code LogSystemContractTest} (what comes back is what went in), {@code
 * DurableSystemsSyncTest} (durable really syncs).
 */
@NullMarked
package dev.varve.bench.systems;

import org.jspecify.annotations.NullMarked;
