/**
 * A container of Azure Storage as a {@link dev.varve.chain.BlobContainer}, through the SDK {@code
 * com.azure:azure-storage-blob}. The engine does not bring that library along: who uses this
 * package adds it, and a transport for it; the README says how.
 *
 * <p>{@link dev.varve.chain.azure.AzureContainer} is the entry. One call is one request: nothing is
 * retried in here, and no policy of the SDK that retries is kept. {@code Answers} waits for
 * answers, {@code Refusals} says what an answer other than success means.
 *
 * <p>The only package that imports {@code com.azure} and {@code reactor}. May import {@code
 * dev.varve} and {@code dev.varve.chain}. Safe from any thread, virtual ones included; the threads
 * that carry requests are the transport's.
 *
 * <p>Tests: {@code AzureContainerTest} and its neighbours against answers made up here, {@code
 * property-tests} against Azurite.
 */
@NullMarked
package dev.varve.chain.azure;

import org.jspecify.annotations.NullMarked;
