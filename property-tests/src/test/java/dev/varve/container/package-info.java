/**
 * The containers that a chain can live in: the kit's contract on the one in memory and on Azurite
 * through the SDK, and a property that both give the same answers to any requests.
 *
 * <p>Without Node and npm, what needs Azurite is skipped with its reason printed; with {@code
 * CI=true} it fails.
 */
@NullMarked
package dev.varve.container;

import org.jspecify.annotations.NullMarked;
