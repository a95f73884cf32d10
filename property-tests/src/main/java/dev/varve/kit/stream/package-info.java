/**
 * The contract of {@link dev.varve.driver.StorageDriver} as tests, for our drivers or yours.
 *
 * <p>Implement {@link dev.varve.kit.stream.StreamMedium} (where one stream lives, and how to open a
 * driver of it), say in {@link dev.varve.kit.stream.StreamTraits} what your drivers can do, and
 * extend {@link dev.varve.kit.stream.StorageDriverContract}. To see whether concurrent writers and
 * readers of the same medium agree on one order of events, go on in {@code dev.varve.kit.history}.
 *
 * <p>May import: {@code dev.varve.driver} and {@code dev.varve.codec} of the engine, the kit's
 * parent package, the JDK and the API of JUnit.
 *
 * <p>Drivers are called from several threads at once, virtual ones included.
 */
@NullMarked
package dev.varve.kit.stream;

import org.jspecify.annotations.NullMarked;
