/**
 * What a {@link dev.varve.chain.BlobContainer} owes to a chain, as tests: {@link
 * dev.varve.kit.container.BlobContainerContract}, and {@link
 * dev.varve.kit.container.BlockCountContract} for the limit of appends to one blob.
 *
 * <p>May import the engine's {@code chain} and JUnit. Each test has a container of its own.
 */
@NullMarked
package dev.varve.kit.container;

import org.jspecify.annotations.NullMarked;
