/**
 * Event streams that refuse outdated writes: {@link dev.varve.driver.StorageDriver} is the
 * contract, {@link dev.varve.driver.EventBatch} what is appended, {@link
 * dev.varve.driver.EventBuffer} what is read into, {@link dev.varve.driver.Append} what became of
 * an append. {@link dev.varve.driver.MemoryDriver} keeps a stream in memory, {@link
 * dev.varve.driver.SegmentDriver} in a segment log.
 *
 * <p>May import {@code dev.varve}, {@code dev.varve.codec} and {@code dev.varve.segment}.
 *
 * <p>Drivers are safe from any thread, batches and buffers are confined to one. A driver owns what
 * it was opened on, and closes it.
 *
 * <p>Owns the layout of an event as a record, {@code u32 key | content}, in {@code EventRecord}.
 *
 * <p>The contract's tests are {@code StorageDriverContract} in the kit of property-tests, which
 * every driver passes; those of the drivers themselves are in this package there.
 */
@NullMarked
package dev.varve.driver;

import org.jspecify.annotations.NullMarked;
