/**
 * A stream of events over a chain of append blobs: {@code events.00001}, {@code events.00002}, and
 * so on, in one container.
 *
 * <p>{@link dev.varve.chain.BlobContainer} is the port to the service; everything remote goes
 * through it.
 *
 * <p>May import {@code dev.varve}, {@code dev.varve.codec} and {@code dev.varve.driver}.
 */
@NullMarked
package dev.varve.chain;

import org.jspecify.annotations.NullMarked;
