/**
 * Azurite, the emulator of Azure Storage, for whoever tries something against it: installed as
 * {@code property-tests/azurite} pins it, run as a process of its own.
 *
 * <p>May import: the JDK. Node and npm have to be on the path. Its tests are those of containers
 * and chains that run against it.
 */
@NullMarked
package dev.varve.kit.azurite;

import org.jspecify.annotations.NullMarked;
