/**
 * A stream of events over a chain of append blobs: {@code events.00001}, {@code events.00002}, and
 * so on, in one container.
 *
 * <p>{@link dev.varve.chain.BlobChainDriver} is the stream, {@link dev.varve.chain.ChainOptions}
 * how it is used, {@link dev.varve.chain.GroupCommitFront} lets many threads share its appends.
 * {@link dev.varve.chain.BlobContainer} is the port to the service; everything remote goes through
 * it, and {@link dev.varve.chain.InMemoryContainer} keeps the service's rules in memory.
 *
 * <p>May import {@code dev.varve}, {@code dev.varve.codec} and {@code dev.varve.driver}.
 *
 * <p>What is public is safe from any thread. Time, waiting, randomness and threads come in through
 * the options. All but large reads, opening chains of other writers, the front and work in the
 * background sends its requests by the caller's thread.
 *
 * <p>Owns the format of {@code docs/formats/blob-chain.md}: names in {@code LinkNames}, metadata in
 * {@code LinkMetadata}, the marker in {@code Markers}. Appends are decided in {@code ChainAppend}.
 */
@NullMarked
package dev.varve.chain;

import org.jspecify.annotations.NullMarked;
