/**
 * The words that every room shares: {@link dev.varve.StorageException}, the failures of storage.
 *
 * <p>Imports nothing of ours; every other package may import it. Immutable, safe from any thread.
 */
@NullMarked
package dev.varve;

import org.jspecify.annotations.NullMarked;
