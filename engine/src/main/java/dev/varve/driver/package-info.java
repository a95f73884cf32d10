/**
 * Event streams that refuse outdated writes: {@link dev.varve.driver.StorageDriver} is the
 * contract, {@link dev.varve.driver.EventBatch} what is appended, {@link
 * dev.varve.driver.EventBuffer} what is read into, {@link dev.varve.driver.Append} what became of
 * an append. {@link dev.varve.driver.MemoryDriver} is the simplest of them.
 *
 * <p>May import {@code dev.varve}, {@code dev.varve.codec} and {@code dev.varve.segment}.
 *
 * <p>Drivers are safe from any thread, batches and buffers are confined to one.
 *
 * <p>The contract's tests are {@code StorageDriverContract} in the kit of property-tests, which
 * every driver passes.
 */
@NullMarked
package dev.varve.driver;

import org.jspecify.annotations.NullMarked;
